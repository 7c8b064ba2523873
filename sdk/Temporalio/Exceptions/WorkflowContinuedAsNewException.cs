namespace Temporalio.Exceptions;

/// <summary>The run continued as a new one, and the caller asked for the result of that run alone.</summary>
public class WorkflowContinuedAsNewException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowContinuedAsNewException(string newRunId)
        : base("Workflow continued as new") => NewRunId = newRunId;

    /// <summary>The run that goes on.</summary>
    public string NewRunId { get; }
}
