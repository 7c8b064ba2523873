namespace Orchestrator.Workflows.ChangeControl;

/// <summary>A step of a run.</summary>
/// <param name="Name">Its name: the same in plan, status, log, audit and documentation.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Detail">What it brought about, or why it failed.</param>
public sealed record StepStatus(
    string Name,
    StepState State,
    DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null,
    string? Detail = null);
