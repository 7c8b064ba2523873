namespace Temporalio.Exceptions;

/// <summary>The update was rejected by its validator or failed in its handler; the inner exception says how.</summary>
public class WorkflowUpdateFailedException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowUpdateFailedException(Exception? inner)
        : base("Workflow update failed", inner)
    {
    }
}
