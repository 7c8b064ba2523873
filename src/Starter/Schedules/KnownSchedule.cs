using System.Text.Json.Serialization;
using Orchestrator.Workflows.Catalogue;
using Temporalio.Client.Schedules;
using Temporalio.Converters;

namespace Orchestrator.Starter.Schedules;

/// <summary>A schedule that Temporal has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Record">What it was made of, and by whom.</param>
/// <param name="Paused">Whether it is paused.</param>
/// <param name="Note">Why, or what was last said of it; null where nothing was.</param>
/// <param name="Running">The workflows of it that have not ended.</param>
/// <param name="Recent">Its last runs, the newest last.</param>
/// <param name="Next">When it runs next, at most ten times; empty where it is paused.</param>
/// <param name="Skipped">How many runs were skipped since the one before had not ended.</param>
/// <param name="Missed">How many were missed for longer than it makes up for.</param>
internal sealed record KnownSchedule(
    string Name,
    ScheduleRecord Record,
    bool Paused,
    string? Note,
    IReadOnlyList<string> Running,
    IReadOnlyList<ScheduleRun> Recent,
    IReadOnlyList<DateTimeOffset> Next,
    long Skipped,
    long Missed)
{
    /// <summary>What Temporal has of it.</summary>
    [JsonIgnore]
    public Schedule? Schedule { get; init; }

    /// <summary>Reads what Temporal says of a schedule; null where it is not one of ours.</summary>
    public static async Task<KnownSchedule?> OfAsync(ScheduleDescription description)
    {
        if (description.Schedule.Action is not ScheduleActionStartWorkflow action
            || ProcedureCatalogue.All.All(procedure => procedure.WorkflowType != action.Workflow)
            || action.Options.Memo?.GetValueOrDefault(ScheduleRecord.Memo) is not IEncodedRawValue memo)
        {
            return null;
        }

        return new(
            description.Id,
            await memo.ToValueAsync<ScheduleRecord>(),
            description.Schedule.State.Paused,
            description.Schedule.State.Note is { Length: > 0 } note ? note : null,
            [.. description.Info.RunningActions.OfType<ScheduleActionExecutionStartWorkflow>().Select(run => run.WorkflowId)],
            [
                .. description.Info.RecentActions.Select(run => new ScheduleRun(
                    new DateTimeOffset(run.ScheduledAt, TimeSpan.Zero),
                    (run.Action as ScheduleActionExecutionStartWorkflow)?.WorkflowId ?? "")),
            ],
            [
                .. description.Schedule.State.Paused ? []
                    : description.Info.NextActionTimes.Select(at => new DateTimeOffset(at, TimeSpan.Zero)),
            ],
            description.Info.NumActionsSkippedOverlap,
            description.Info.NumActionsMissedCatchupWindow)
        {
            Schedule = description.Schedule,
        };
    }
}

/// <summary>A run of a schedule.</summary>
/// <param name="At">The time that it was for.</param>
/// <param name="WorkflowId">Its workflow.</param>
internal sealed record ScheduleRun(DateTimeOffset At, string WorkflowId);
