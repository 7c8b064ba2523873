namespace Temporalio.Exceptions;

/// <summary>The workflow ended without a result; the inner exception says how: failed, cancelled, terminated, timed out.</summary>
public class WorkflowFailedException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowFailedException(Exception? inner)
        : base("Workflow failed", inner)
    {
    }
}
