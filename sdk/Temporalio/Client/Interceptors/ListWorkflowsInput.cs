namespace Temporalio.Client.Interceptors;

/// <summary>A listing.</summary>
/// <param name="Query">The query.</param>
/// <param name="Options">The options.</param>
public record ListWorkflowsInput(string Query, WorkflowListOptions? Options);
