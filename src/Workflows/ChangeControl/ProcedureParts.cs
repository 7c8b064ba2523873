namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a procedure brings to the frame.</summary>
/// <param name="LookAsync">Reads the clusters, checks them and says what is to be changed. Called again right before the steps.</param>
/// <param name="StepsAsync">Takes the steps, each through <see cref="ChangeRun.StepAsync"/>.</param>
/// <param name="ValidateAsync">Checks what the steps brought about, and throws where it is not what was wanted.</param>
public sealed record ProcedureParts(
    Func<Targets.ResolvedTarget, Task<Planning.PlanDraft>> LookAsync,
    Func<Task> StepsAsync,
    Func<Task> ValidateAsync)
{
    /// <summary>The name of the one object that is changed, which the run locks; null locks the whole namespace.</summary>
    public string? LockOn { get; init; }

    /// <summary>How long a call of a run under way may go without an answer before people are informed. Default: 15 minutes.</summary>
    public TimeSpan StallAfter { get; init; } = DefaultStallAfter;

    internal static TimeSpan DefaultStallAfter { get; } = TimeSpan.FromMinutes(15);

    /// <summary>The rights on the cluster that its steps need; what is missing refuses before anything is planned.</summary>
    public IReadOnlyList<Targets.AccessRight> Rights { get; init; } = [];
}
