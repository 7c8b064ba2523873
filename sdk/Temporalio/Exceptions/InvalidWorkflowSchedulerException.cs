namespace Temporalio.Exceptions;

/// <summary>Workflow code left the workflow's task scheduler, for example with <c>Task.Run</c> or a system timer.</summary>
public class InvalidWorkflowSchedulerException : InvalidWorkflowOperationException
{
    private readonly string? _stackTrace;

    /// <summary>Initializes an instance.</summary>
    /// <param name="message">What was done.</param>
    /// <param name="stackTrace">Where it was done; null for where this is thrown.</param>
    internal InvalidWorkflowSchedulerException(string message, string? stackTrace = null)
        : base(message) => _stackTrace = stackTrace;

    /// <summary>Where the scheduler was left.</summary>
    public override string? StackTrace => _stackTrace ?? base.StackTrace;
}
