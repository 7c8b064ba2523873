namespace Temporalio.Exceptions;

/// <summary>Workflow code did what a workflow must not do; it fails the workflow task, not the workflow.</summary>
public class InvalidWorkflowOperationException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    internal InvalidWorkflowOperationException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an instance with its cause.</summary>
    internal InvalidWorkflowOperationException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
