using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>
/// Rolling restart of the brokers or the controllers of a Kafka cluster through the Confluent operator.
/// </summary>
/// <remarks>
/// 1. Look: the operator, the resources, their pods, every partition, the quorum. Whatever blocks refuses.
/// 2. Plan: the trigger on each resource, and the pods in the operator's order; then approvals, by the frame.
/// 3. Gate: before each resource the cluster is read again and must be whole.
/// 4. Trigger: one annotation, whose value derives from the workflow id, so that writing it twice starts one roll.
/// 5. Supervise: until every pod is new, Ready and in sync, and the cluster stays steady.
/// 6. Cool down, and the next resource.
/// 7. Validate: the checks of 1 once more.
/// Guarantees: controllers are done before the first broker; the operator restarts one pod at a time and this run never deletes one; a
/// roll that is not watched to its end, for a danger, a limit, a cancel or a lost supervision, is held where it is.
/// </remarks>
[Workflow(RollNames.RollKafkaCluster)]
public sealed class RollKafkaClusterWorkflow
{
    // Raised when the same world gives another plan.
    private const int PlannerContract = 1;

    // How often a gate that says no is asked again: what it waits for moves in tens of seconds, and every time adds to the history.
    private const int MostGateReadings = 60;
    private static readonly TimeSpan GateEvery = TimeSpan.FromSeconds(20);

    // After a roll a short blip is ordinary; what lasts longer fails the validation.
    private static readonly TimeSpan ValidateWithin = TimeSpan.FromMinutes(2);

    private readonly RollKafkaClusterInput _input;
    private readonly ChangeRun _run;
    private readonly List<PodRoll> _pods = [];

    /// <summary>Opens the run.</summary>
    [WorkflowInit]
    public RollKafkaClusterWorkflow(RollKafkaClusterInput input)
    {
        _input = input;
        _run = new ChangeRun(RollNames.RollKafkaCluster, PlannerContract, RollInputRules.Tier(input), input.Target, input.Change);
    }

    /// <summary>Rolls the cluster.</summary>
    [WorkflowRun]
    public async Task<RollKafkaClusterResult> RunAsync(RollKafkaClusterInput input)
    {
        ChangeOutcome outcome = await _run.ExecuteAsync(
            new ProcedureParts(() => RollInputRules.Check(input), LookAsync, StepsAsync, ValidateAsync),
            new { input.Name, input.Component, input.Cooldown, input.AcceptUnavailable, input.AcceptQuorumLoss, input.Limits });
        return new RollKafkaClusterResult(outcome, _pods);
    }

    // Step 1 and 2.
    private async Task<PlanDraft> LookAsync(ResolvedTarget resolved)
    {
        ConfluentClusterSnapshot cluster = await ReadClusterAsync();
        KafkaSnapshot? kafka = cluster.Kafka is null ? null : await ReadKafkaAsync();
        return RollPlanner.Plan(_input, resolved.Target, cluster, kafka);
    }

    private async Task StepsAsync()
    {
        foreach (RollComponent part in RollPlanner.Parts(_input.Component))
        {
            await RollAsync(part);

            // Step 6.
            await _run.StepAsync(RollNames.CooldownStep(part), async () =>
            {
                await Workflow.DelayAsync(_input.Cooldown);
                return $"Waited {_input.Cooldown.TotalSeconds:0} s.";
            });
        }
    }

    private async Task RollAsync(RollComponent part)
    {
        RollProgress? progress = null;
        ComponentSnapshot? component = null;
        await _run.StepAsync(RollNames.TriggerStep(part), async () =>
        {
            // Step 3.
            ConfluentClusterSnapshot cluster = await WaitUntilWholeAsync(part, _input.Limits.StallAfter);
            component = RollPlanner.Of(cluster, part)!;
            string key = RollPlanner.RollKey(Workflow.Info.WorkflowId, part);
            if (component.ManualRoll == key)
            {
                // This run was reset after it had rolled the part: all pods are at the revision that carries its key.
                return $"{component.Reference} was rolled by this run before.";
            }

            // Step 4. Not undone: writing the old value back would be another roll.
            PatchObjectResult patched = await PatchAsync(
                component.Reference, new PointerChange(RollNames.TriggerPointer, component.ManualRoll, key), ActivityCalls.Write);
            progress = RollProgress.Triggered(component, component.StatefulSet!.UpdateRevision, patched.Generation, new(Workflow.UtcNow, TimeSpan.Zero));
            return $"{component.Reference} is at generation {patched.Generation}.";
        });

        // Step 5.
        if (progress is not null)
        {
            await WatchToTheEndAsync(part, component!.Reference, progress);
        }
    }

    private async Task WatchToTheEndAsync(RollComponent part, ObjectReference reference, RollProgress progress)
    {
        RollReport? report = null;
        try
        {
            await _run.StepAsync(RollNames.SuperviseStep(part), async () =>
            {
                report = await SuperviseAsync(part, reference.ToString(), progress);
                _pods.AddRange(report.Progress.Pods);
                return report.Milestone == RollMilestone.Done ? report.Sentence : throw Failed(report);
            });
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException && report?.Milestone != RollMilestone.TakenBack)
        {
            await HoldAsync(part, reference, e);
            throw;
        }
    }

    private async Task<RollReport> SuperviseAsync(RollComponent part, string resource, RollProgress progress)
    {
        SuperviseCrRollInput input = new(_run.Target, _input.Name, part, resource, progress, _input.AcceptUnavailable, _input.Limits);
        string id = $"{Workflow.Info.WorkflowId}/supervise/{RollNames.Text(part)}";
        ChildWorkflowHandle<SuperviseCrRollWorkflow, RollReport> child = await Workflow.StartChildWorkflowAsync(
            (SuperviseCrRollWorkflow w) => w.RunAsync(input),
            new() { Id = id, StaticSummary = $"Rolls {resource}" });
        _run.AddChild(id, RollNames.SuperviseCrRoll);
        _run.Say($"The operator restarts {progress.Pods.Count} pods of {resource}, one at a time; {id} watches it.");
        return await child.GetResultAsync();
    }

    // Holding the operator is the safe state until a person has decided; so it is not undone, and a cancel does not keep it from happening.
    private async Task HoldAsync(RollComponent part, ObjectReference reference, Exception why)
    {
        try
        {
            await _run.StepAsync(RollNames.HoldStep(part), async () =>
            {
                await PatchAsync(reference, new PointerChange(RollNames.HoldPointer, null, "true"), ActivityCalls.SafetyWrite);
                return $"The operator is held at {reference} by platform.confluent.io/block-reconcile=true; remove it once the cluster is safe.";
            });
        }
        catch (FailureException e)
        {
            (string code, string sentence) = FailureText.Of(why);
            throw new ApplicationFailureException($"{sentence} And the operator could not be held: {FailureText.Of(e).Sentence}", errorType: code, nonRetryable: true);
        }
    }

    // Step 7.
    private Task ValidateAsync() => WaitUntilWholeAsync(null, ValidateWithin);

    private async Task<ConfluentClusterSnapshot> WaitUntilWholeAsync(RollComponent? part, TimeSpan limit)
    {
        DateTime until = Workflow.UtcNow + limit;
        TimeSpan every = limit / MostGateReadings > GateEvery ? limit / MostGateReadings : GateEvery;
        while (true)
        {
            ConfluentClusterSnapshot cluster = await ReadClusterAsync();
            IReadOnlyList<Refusal> refusals = RollPlanner.Check(_input, _run.Target, cluster, cluster.Kafka is null ? null : await ReadKafkaAsync());
            if (refusals.FirstOrDefault(refusal => refusal.Blocks) is not { } refusal)
            {
                return cluster;
            }

            string what = part is { } rolls ? $"roll the {RollNames.Text(rolls)}" : "finish";
            if (Workflow.UtcNow >= until)
            {
                throw Fatal(refusal.Code, $"Could not {what} within {limit.TotalMinutes:0.#} min. {refusal.Sentence}");
            }

            _run.Say($"Waits to {what}: {refusal.Sentence}");
            await Workflow.DelayAsync(every);
        }
    }

    private static FailureException Failed(RollReport report) => report.Milestone switch
    {
        RollMilestone.Cancelled => new CanceledFailureException(report.Sentence),
        RollMilestone.OperatorIdle => Fatal(ReasonCodes.OperatorIdle, report.Sentence),
        RollMilestone.Breached => Fatal(ReasonCodes.RollBreach, report.Sentence),
        RollMilestone.TakenBack => Fatal(ReasonCodes.PlanChanged, report.Sentence),
        _ => Fatal(ReasonCodes.RollStalled, report.Sentence),
    };

    private static ApplicationFailureException Fatal(string code, string sentence) => new(sentence, errorType: code, nonRetryable: true);

    private Task<ConfluentClusterSnapshot> ReadClusterAsync() => Workflow.ExecuteActivityAsync(
        (IConfluentActivities a) => a.ReadClusterAsync(new(_run.Target, _input.Name)), ActivityCalls.Read);

    private Task<KafkaSnapshot> ReadKafkaAsync() => Workflow.ExecuteActivityAsync(
        (IKafkaActivities a) => a.TakeSnapshotAsync(new(_run.Target, _input.Name)), ActivityCalls.Read);

    private Task<PatchObjectResult> PatchAsync(ObjectReference reference, PointerChange change, ActivityOptions options) => Workflow.ExecuteActivityAsync(
        (IObjectActivities a) => a.PatchObjectAsync(new(_run.Target, reference, new[] { change })), options);
}
