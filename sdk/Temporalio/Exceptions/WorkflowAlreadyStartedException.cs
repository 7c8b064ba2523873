namespace Temporalio.Exceptions;

/// <summary>The id is taken: by a workflow that runs, or by a closed one under a reuse policy that forbids another.</summary>
public class WorkflowAlreadyStartedException : FailureException
{
    /// <summary>Initializes an instance whose workflow type is not known.</summary>
    public WorkflowAlreadyStartedException(string message, string workflowId, string runId)
        : this(message, workflowId, "<unknown>", runId)
    {
    }

    /// <summary>Initializes an instance.</summary>
    public WorkflowAlreadyStartedException(string message, string workflowId, string workflowType, string runId)
        : base(message)
    {
        WorkflowId = workflowId;
        WorkflowType = workflowType;
        RunId = runId;
    }

    /// <summary>The run that holds the id.</summary>
    public string RunId { get; }

    /// <summary>The id that is taken.</summary>
    public string WorkflowId { get; }

    /// <summary>The workflow type that was to start.</summary>
    public string WorkflowType { get; }
}
