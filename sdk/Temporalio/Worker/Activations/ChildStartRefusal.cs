using Temporalio.Api.Enums.V1;

namespace Temporalio.Worker.Activations;

/// <summary>The server did not start a child.</summary>
/// <param name="Cause">Why.</param>
/// <param name="WorkflowId">The child's workflow id.</param>
/// <param name="WorkflowType">The child's workflow type.</param>
internal sealed record ChildStartRefusal(StartChildWorkflowExecutionFailedCause Cause, string WorkflowId, string WorkflowType);
