namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>What is done to a program from outside.</summary>
public enum MoveKind
{
    /// <summary>A signal with steps.</summary>
    Signal,

    /// <summary>A signal that is only noted.</summary>
    Note,

    /// <summary>An update with steps, to its end, or to its acceptance where it waits.</summary>
    Update,

    /// <summary>A signal that lets a waiting update end; then its result.</summary>
    Release,

    /// <summary>A query for the log.</summary>
    Query,

    /// <summary>A cancel request.</summary>
    Cancel,

    /// <summary>A termination.</summary>
    Terminate,

    /// <summary>Ends a gated activity well.</summary>
    CompleteActivity,

    /// <summary>Fails a gated activity, for good where <see cref="Move.Number"/> is not zero.</summary>
    FailActivity,

    /// <summary>Reports a gated activity as cancelled.</summary>
    CancelActivity,

    /// <summary>A heartbeat of a gated activity.</summary>
    Heartbeat,

    /// <summary>Another worker takes the place of the worker.</summary>
    ReplaceWorker,

    /// <summary>A start with the id of a workflow, refused where it is open.</summary>
    StartAgain,

    /// <summary>A start that is content with one that is open.</summary>
    StartOrUse,

    /// <summary>A signal that starts the workflow where it is not open.</summary>
    SignalWithStart,

    /// <summary>An update that starts the workflow where it is not open.</summary>
    UpdateWithStart,

    /// <summary>A reset to the first workflow task.</summary>
    Reset,
}

/// <summary>Something that is done to a program from outside.</summary>
/// <param name="Kind">What.</param>
/// <param name="Target">The name of the workflow: <c>main</c>, or that of a child.</param>
/// <param name="Name">Of the activity or update.</param>
public sealed record Move(MoveKind Kind, string Target, string Name = "")
{
    public IReadOnlyList<Step> Steps { get; init; } = [];

    public int Number { get; init; }

    public ProgramUpdate? Update { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kind} {Target} {Name} {(Number > 0 ? Number : "")} {(Update is { } asked ? One(asked) : "")} "
        + $"{string.Join(", ", Steps.Concat(Update?.Steps ?? []).Select(One))}";

    private static string One(ProgramUpdate update) =>
        $"{update.Name}{(update.IsRefused ? " refused" : "")}{(update.Fails ? " fails" : "")}{(update.Waits ? " waits" : "")}:";

    private static string One(Step step) =>
        $"{step.Kind} {step.Name}{(step.Text.Length > 0 ? $" '{step.Text}'" : "")}{(step.Number > 0 ? $" {step.Number}" : "")}"
        + (step.FollowsCancel ? " follows" : "")
        + (step.Inner.Count > 0 ? $" ({string.Join(", ", step.Inner.Select(One))})" : "");
}

/// <summary>A random program: what it begins with, and what is done to it.</summary>
public sealed record RandomProgram(int Seed, ProgramInput Input, IReadOnlyList<Move> Moves);
