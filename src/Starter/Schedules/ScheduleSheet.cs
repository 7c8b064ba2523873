using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Schedules;

/// <summary>Schedules as a page.</summary>
internal static class ScheduleSheet
{
    private const int MostTimes = 5;

    /// <summary>A table of schedules.</summary>
    public static Sheet Of(IReadOnlyList<KnownSchedule> schedules) => schedules.Count == 0
        ? new Sheet().Line("There is no schedule. Make one with 'sop schedule create' or 'sop schedule apply'.")
        : new Sheet().Table(
            null,
            ["name", "procedure", "target", "when", "next", "last"],
            schedules.Select(schedule => new Cell[]
            {
                schedule.Name,
                schedule.Record.Plan.Procedure,
                schedule.Record.Plan.Target,
                schedule.Record.Plan.When,
                schedule.Paused ? "paused" : schedule.Next.Count > 0 ? $"{schedule.Next[0]:u}" : "never",
                schedule.Recent.Count > 0 ? $"{schedule.Recent[^1].At:u}" : "never",
            }));

    /// <summary>One schedule.</summary>
    public static Sheet Of(KnownSchedule schedule)
    {
        PlannedSchedule plan = schedule.Record.Plan;
        return new Sheet()
            .Heading($"{schedule.Name}: {plan.Procedure} on {plan.Target}, {plan.When}")
            .Facts(
                ("paused", schedule.Paused ? schedule.Note ?? "yes" : null),
                ("reason", plan.Reason),
                ("input", plan.Input.Count > 0 ? plan.Input.ToJsonString() : null),
                ("jitter", plan.Jitter > TimeSpan.Zero ? Inputs.DurationText.Write(plan.Jitter) : null),
                ("catch-up", Inputs.DurationText.Write(plan.CatchUp)),
                ("overlap", plan.Overlap == ScheduleOverlap.Skip ? "a run that is due is skipped" : "one run waits"),
                ("made", $"by {schedule.Record.MadeBy} at {schedule.Record.MadeAt:u}"),
                ("changed", schedule.Record.ChangedBy is { } by ? $"by {by} at {schedule.Record.ChangedAt:u}" : null),
                ("skipped", schedule.Skipped > 0 ? $"{schedule.Skipped}" : null),
                ("missed", schedule.Missed > 0 ? $"{schedule.Missed}" : null))
            .List("Next", schedule.Next.Take(MostTimes).Select(at => new Cell[] { $"{at:u}" }))
            .List("Last", schedule.Recent.TakeLast(MostTimes).Select(run => new Cell[] { $"{run.At:u}", run.WorkflowId }))
            .List("Running", schedule.Running.Select(id => new Cell[] { id }));
    }
}
