using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>What a program can do, a command of each kind and the ways to end.</summary>
public enum StepKind
{
    /// <summary>An activity that ends when the test says so.</summary>
    Gated,

    /// <summary>An activity on a queue that nobody polls.</summary>
    Unserved,

    /// <summary>An activity that ends by itself after <see cref="Step.Number"/> failures.</summary>
    Quick,

    /// <summary>The same in the worker, with a marker.</summary>
    Local,

    /// <summary>A timer of an hour.</summary>
    Timer,

    /// <summary>A timer of some milliseconds.</summary>
    ShortTimer,

    /// <summary>A child that does <see cref="Step.Inner"/>.</summary>
    Child,

    /// <summary>A signal to the workflow <see cref="Step.Text"/>.</summary>
    SignalOther,

    /// <summary>A cancel request to the workflow <see cref="Step.Text"/>.</summary>
    CancelOther,

    /// <summary>Cancels what was begun as <see cref="Step.Text"/>.</summary>
    Cancel,

    /// <summary>A patch, with its marker and search attribute.</summary>
    Patch,

    /// <summary>Sets a search attribute.</summary>
    Upsert,

    /// <summary>Sets a memo.</summary>
    Memo,

    /// <summary>Fails its workflow task the first time.</summary>
    FailTask,

    /// <summary>Ends with a result.</summary>
    Complete,

    /// <summary>Ends with a failure.</summary>
    Fail,

    /// <summary>Goes on as a new run that does <see cref="Step.Inner"/>.</summary>
    Continue,
}

/// <summary>One thing that a program does.</summary>
public sealed record Step
{
    public required StepKind Kind { get; init; }

    /// <summary>By which it is found again; unique in a program.</summary>
    public string Name { get; init; } = "";

    public string Text { get; init; } = "";

    public int Number { get; init; }

    public ActivityCancellationType ActivityCancellation { get; init; }

    public ChildWorkflowCancellationType ChildCancellation { get; init; }

    public ParentClosePolicy ParentClosePolicy { get; init; } = ParentClosePolicy.Terminate;

    /// <summary>Whether a cancel of the run cancels it too; of a child, whether it ends when it is cancelled.</summary>
    public bool FollowsCancel { get; init; }

    public IReadOnlyList<Step> Inner { get; init; } = [];
}

/// <summary>What a program begins with.</summary>
public sealed record ProgramInput(IReadOnlyList<Step> Steps, bool EndsOnCancel = false);

/// <summary>What an update asks of a program.</summary>
public sealed record ProgramUpdate(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>Whether it is refused.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether it is accepted and then fails.</summary>
    public bool Fails { get; init; }

    /// <summary>Whether it is accepted and ends when it is released.</summary>
    public bool Waits { get; init; }
}
