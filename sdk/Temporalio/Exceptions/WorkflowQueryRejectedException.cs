using Temporalio.Api.Enums.V1;

namespace Temporalio.Exceptions;

/// <summary>The query was not run, because the workflow's status meets the reject condition.</summary>
public class WorkflowQueryRejectedException : TemporalException
{
    /// <summary>Initializes an instance.</summary>
    public WorkflowQueryRejectedException(WorkflowExecutionStatus workflowStatus)
        : base($"Query rejected, workflow status: {workflowStatus}") => WorkflowStatus = workflowStatus;

    /// <summary>The status of the workflow.</summary>
    public WorkflowExecutionStatus WorkflowStatus { get; }
}
