namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What every procedure is asked with, beside its own fields.</summary>
public sealed record ChangeRequest
{
    /// <summary>Idempotency key of the start: 1–64 of <c>A-Z a-z 0-9 . _ -</c>. The same key for the same
    /// procedure and target starts no second run on the same day (UTC), and makes another change for another. Null: a new one.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, in 10–500 characters; approvers see it. Required to execute.</summary>
    public string? Reason { get; init; }

    /// <summary>The kind of change. Default: <see cref="ChangeClass.Feature"/>.</summary>
    public ChangeClass Class { get; init; } = ChangeClass.Feature;

    /// <summary>Default: <see cref="ChangeMode.Plan"/>; nothing is touched unless this says <see cref="ChangeMode.Execute"/>.</summary>
    public ChangeMode Mode { get; init; } = ChangeMode.Plan;

    /// <summary>Raises the tier, never lowers it. Null: the procedure's own.</summary>
    public ChangeTier? TierAtLeast { get; init; }

    /// <summary>The commit that the change comes from.</summary>
    public GitReference? Git { get; init; }

    /// <summary>The ticket of the change.</summary>
    public string? Ticket { get; init; }

    /// <summary>The open incident that the change belongs to.</summary>
    public string? IncidentId { get; init; }

    /// <summary>Earliest start; the change waits for it after it is approved.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Latest start; a change that has not begun by then expires.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The named maintenance window.</summary>
    public string? WindowId { get; init; }

    /// <summary>True waits for a closed gate; false, the default, refuses at once.</summary>
    public bool WaitForGates { get; init; }

    /// <summary>What happens when a step fails: undo, ask a person, or leave. Null: by tier (T1 and T2 undo, T3 asks).</summary>
    public OnFailure? OnFailure { get; init; }

    /// <summary>Runs only if the plan has this hash.</summary>
    public string? ExpectedPlanHash { get; init; }

    /// <summary>
    /// Who asks: <c>unverified:NAME</c>, accepted only in the laptop profile. Required to execute, since nobody approves their own change.
    /// </summary>
    public string? Actor { get; init; }
}
