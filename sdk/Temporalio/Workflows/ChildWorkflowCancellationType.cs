namespace Temporalio.Workflows;

/// <summary>What a workflow sees when it cancels a child.</summary>
public enum ChildWorkflowCancellationType
{
    /// <summary>Leave the child alone, and throw in the parent at once.</summary>
    Abandon = 0,

    /// <summary>Ask the server to cancel the child, and throw in the parent at once.</summary>
    TryCancel = 1,

    /// <summary>Ask the server to cancel the child, and go on only when the child has ended in whatever way.</summary>
    WaitCancellationCompleted = 2,

    /// <summary>As <see cref="WaitCancellationCompleted"/>: no SDK tells the two apart.</summary>
    WaitCancellationRequested = 3,
}
