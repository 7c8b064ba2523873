namespace Temporalio.Exceptions;

/// <summary>The query handler threw, or the workflow has no such query.</summary>
public class WorkflowQueryFailedException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowQueryFailedException(string message)
        : base(message)
    {
    }
}
