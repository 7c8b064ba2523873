namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Cancels in workflow code.</summary>
internal static class WorkflowCancel
{
    /// <summary>
    /// Cancels at once and on this thread: the asynchronous form would call back on threads that a workflow does not have.
    /// </summary>
    public static void Now(CancellationTokenSource source) => source.Cancel();
}
