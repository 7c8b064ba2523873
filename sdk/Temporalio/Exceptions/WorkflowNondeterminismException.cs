namespace Temporalio.Exceptions;

/// <summary>Workflow code did not do what the history says that it did.</summary>
public class WorkflowNondeterminismException : InvalidWorkflowOperationException
{
    /// <summary>Initializes an instance.</summary>
    internal WorkflowNondeterminismException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes an instance with its cause.</summary>
    internal WorkflowNondeterminismException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
