namespace Temporalio.Client.Interceptors;

/// <summary>A page of a listing.</summary>
/// <param name="Query">The query.</param>
/// <param name="NextPageToken">The token of the page; null for the first.</param>
/// <param name="Options">The options.</param>
public record ListWorkflowsPaginatedInput(string Query, byte[]? NextPageToken, WorkflowListPaginatedOptions? Options);
