namespace Temporalio.Client;

/// <summary>A page of a listing.</summary>
/// <param name="Workflows">The workflows.</param>
/// <param name="NextPageToken">The token of the next page; null after the last.</param>
public record WorkflowListPage(IReadOnlyCollection<WorkflowExecution> Workflows, byte[]? NextPageToken);
