namespace Temporalio.Workflows;

/// <summary>What a workflow sees when it cancels an activity.</summary>
public enum ActivityCancellationType
{
    /// <summary>Ask the server to cancel the activity, and throw in the workflow at once.</summary>
    TryCancel = 0,

    /// <summary>Ask the server to cancel the activity, and go on only when the activity has ended in whatever way.</summary>
    WaitCancellationCompleted = 1,

    /// <summary>Leave the activity alone, and throw in the workflow at once.</summary>
    Abandon = 2,
}
