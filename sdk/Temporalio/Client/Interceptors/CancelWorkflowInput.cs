namespace Temporalio.Client.Interceptors;

/// <summary>A cancellation.</summary>
/// <param name="Id">The workflow id.</param>
/// <param name="RunId">The run; null for the current one.</param>
/// <param name="FirstExecutionRunId">The first run of the chain; null for any.</param>
/// <param name="Options">The options.</param>
public record CancelWorkflowInput(string Id, string? RunId, string? FirstExecutionRunId, WorkflowCancelOptions? Options);
