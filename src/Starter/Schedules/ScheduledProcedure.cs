using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Inputs;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Orchestrator.Starter.Schedules;

/// <summary>A schedule that can be made: everything that it names exists, and its input is valid.</summary>
/// <param name="Plan">The schedule as it was asked for.</param>
/// <param name="Procedure">Its procedure.</param>
/// <param name="Target">What it is aimed at.</param>
/// <param name="Input">The input of each of its runs.</param>
internal sealed partial record ScheduledProcedure(PlannedSchedule Plan, ProcedureDescriptor Procedure, ChangeTarget Target, object Input)
{
    private static readonly TimeSpan ShortestCatchUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    /// <summary>Reads a file of schedules.</summary>
    /// <param name="path">The file, or - for standard input.</param>
    /// <param name="standardInput">Standard input.</param>
    /// <param name="actor">Who asks.</param>
    /// <exception cref="SopException">Something is wrong with it; every wrong thing has its sentence.</exception>
    public static IReadOnlyList<ScheduledProcedure> ReadFile(string path, TextReader standardInput, string actor)
    {
        List<string> faults = [];
        JsonObject schema = InputSchema.Of(typeof(ScheduleFile));
        JsonObject record = new InputReader(faults).Document(InputDocument.Open(path, standardInput, "--file"), schema);
        faults.AddRange(InputFaults.Find(record, schema).Select(fault => fault.Sentence));
        if (faults.Count > 0)
        {
            throw new SopException(ExitCode.Usage, faults);
        }

        ScheduleFile file = record.Deserialize<ScheduleFile>(InputSchema.Json)!;
        List<ScheduledProcedure> read = [];
        foreach (PlannedSchedule plan in file.Schedules)
        {
            try
            {
                read.Add(Of(plan, actor));
            }
            catch (SopException e)
            {
                faults.AddRange(e.Sentences.Select(sentence => $"{plan.Name}: {sentence}"));
            }
        }

        faults.AddRange(file.Schedules.GroupBy(plan => plan.Name).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {same.Count()} schedules have this name."));
        return faults.Count == 0 ? read : throw new SopException(ExitCode.Usage, faults);
    }

    /// <summary>Reads one schedule.</summary>
    /// <param name="written">The schedule as people write it.</param>
    /// <param name="fields">The procedure's own fields, each <c>key=value</c>.</param>
    /// <param name="actor">Who asks.</param>
    /// <exception cref="SopException">Something is wrong with it; every wrong thing has its sentence.</exception>
    public static ScheduledProcedure Read(JsonObject written, IReadOnlyList<string> fields, string actor)
    {
        List<string> faults = [];
        JsonObject schema = InputSchema.Of(typeof(PlannedSchedule));
        JsonObject record = new InputReader(faults).Document(written, schema);
        faults.AddRange(InputFaults.Find(record, schema).Select(fault => fault.Sentence));
        if (faults.Count > 0)
        {
            throw new SopException(ExitCode.Usage, faults);
        }

        PlannedSchedule plan = record.Deserialize<PlannedSchedule>(InputSchema.Json)!;
        return Of(plan with { Input = ProcedureInput.Fields(ProcedureInput.Find(plan.Procedure), fields) }, actor);
    }

    /// <summary>Checks a schedule.</summary>
    /// <param name="plan">The schedule.</param>
    /// <param name="actor">Who asks; its changes are requested by them, so that they cannot approve them.</param>
    /// <exception cref="SopException">Something is wrong with it; every wrong thing has its sentence.</exception>
    public static ScheduledProcedure Of(PlannedSchedule plan, string actor)
    {
        ProcedureDescriptor procedure = ProcedureInput.Find(plan.Procedure);
        List<string> faults = [.. Faults(plan, procedure)];
        ScheduledProcedure? made = null;
        try
        {
            (object input, ChangeTarget target, _) = ProcedureInput.Create(procedure, plan.Target, plan.Input, [], written => written with
            {
                Mode = procedure.Kind == ProcedureKind.Change ? ChangeMode.Execute : ChangeMode.Plan,
                Reason = plan.Reason ?? written.Reason,
                Ticket = plan.Ticket ?? written.Ticket,
                Actor = actor,
                RequestId = plan.Name,
                ExpectedPlanHash = null,
            });
            made = new(plan, procedure, target, input);
        }
        catch (SopException e)
        {
            faults.AddRange(e.Sentences);
        }

        return faults.Count == 0 ? made! : throw new SopException(ExitCode.Usage, faults);
    }

    /// <summary>The schedule as Temporal has it.</summary>
    /// <param name="record">Who made it and who changed it.</param>
    /// <param name="state">Whether it is paused, and why; a change of a schedule leaves that as it is.</param>
    public Schedule ToTemporal(ScheduleRecord record, ScheduleState state) => new(
        ScheduleActionStartWorkflow.Create(
            Procedure.WorkflowType,
            [Input],
            new WorkflowOptions(ChangeId.ScheduledWorkflowId(Procedure.Name, Target, Plan.Name), ChangeNames.TaskQueue)
            {
                Memo = new Dictionary<string, object> { [ScheduleRecord.Memo] = record },
                StaticSummary = $"{Procedure.Name} on {Target} by schedule {Plan.Name}",
                StaticDetails = Plan.Reason,
            }),
        new ScheduleSpec
        {
            Intervals = Plan.Every is { } every ? [new ScheduleIntervalSpec(every, Plan.Offset)] : [],
            CronExpressions = [.. Plan.Cron],
            TimeZoneName = Plan.TimeZone == "UTC" ? null : Plan.TimeZone,
            Jitter = Plan.Jitter > TimeSpan.Zero ? Plan.Jitter : null,
        })
    {
        Policy = new SchedulePolicy
        {
            Overlap = Plan.Overlap == ScheduleOverlap.BufferOne ? ScheduleOverlapPolicy.BufferOne : ScheduleOverlapPolicy.Skip,
            CatchupWindow = Plan.CatchUp,
        },
        State = state,
    };

    private static IEnumerable<string> Faults(PlannedSchedule plan, ProcedureDescriptor procedure)
    {
        if (!NamePattern().IsMatch(plan.Name))
        {
            yield return $"The name '{plan.Name}' must have up to 60 lower-case letters, digits and dashes, and begin with a letter.";
        }

        if (!procedure.IsSchedulable)
        {
            string[] can = [.. ProcedureCatalogue.All.Where(one => one.IsSchedulable).Select(one => one.Name)];
            yield return $"{procedure.Name} does not run on a schedule; these do: {string.Join(", ", can)}.";
        }

        if (plan.Every is null && plan.Cron.Count == 0)
        {
            yield return "Say when it runs: every, such as 15m, or cron, such as '0 3 * * 1'.";
        }

        if (plan.Every < ShortestInterval)
        {
            yield return $"every is {DurationText.Write(plan.Every.Value)}; it must be at least {DurationText.Write(ShortestInterval)}.";
        }

        if (plan.Offset > TimeSpan.Zero && plan.Offset >= (plan.Every ?? TimeSpan.Zero))
        {
            yield return $"offset is {DurationText.Write(plan.Offset)}; it must be shorter than every.";
        }

        if (plan.CatchUp < ShortestCatchUp)
        {
            yield return $"catch-up is {DurationText.Write(plan.CatchUp)}; it must be at least {DurationText.Write(ShortestCatchUp)}.";
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(plan.TimeZone, out _))
        {
            yield return $"There is no time zone '{plan.TimeZone}'; give one such as Europe/Berlin.";
        }

        if (plan.Overlap != ScheduleOverlap.Skip && procedure.Kind == ProcedureKind.Change)
        {
            yield return $"{procedure.Name} changes something: a run that is due while another has not ended is skipped (overlap: skip).";
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,59}\z")]
    private static partial Regex NamePattern();
}
