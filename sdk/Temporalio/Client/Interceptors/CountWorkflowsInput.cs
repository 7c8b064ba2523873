namespace Temporalio.Client.Interceptors;

/// <summary>A count.</summary>
/// <param name="Query">The query.</param>
/// <param name="Options">The options.</param>
public record CountWorkflowsInput(string Query, WorkflowCountOptions? Options);
