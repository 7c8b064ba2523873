using System.Runtime.CompilerServices;
using Orchestrator.Starter.Exits;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Servers;

/// <summary>Searches the workflows of a server.</summary>
internal static class WorkflowSearch
{
    private const int PageSize = 100;

    /// <summary>The workflows that a list query finds, newest first; what began a moment ago may be missing.</summary>
    /// <exception cref="NoChangesYetException">The server does not know a search attribute of the query.</exception>
    public static async IAsyncEnumerable<WorkflowExecution> FindAsync(
        TemporalServer server, string query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        byte[]? next = null;
        do
        {
            WorkflowListPage page = await PageAsync(server, query, next, cancellationToken);
            foreach (WorkflowExecution workflow in page.Workflows)
            {
                yield return workflow;
            }

            next = page.NextPageToken;
        }
        while (next is { Length: > 0 });
    }

    private static async Task<WorkflowListPage> PageAsync(
        TemporalServer server, string query, byte[]? token, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                rpc => server.Client.ListWorkflowsPaginatedAsync(
                    query, token, new WorkflowListPaginatedOptions { PageSize = PageSize, Rpc = rpc }),
                new RpcOptions(),
                cancellationToken);
        }
        catch (RpcException e) when (
            e.Code == RpcException.StatusCode.InvalidArgument && e.Message.Contains("search attribute", StringComparison.OrdinalIgnoreCase))
        {
            throw new NoChangesYetException(
                $"{server.Name} has no changes: no orchestrator-worker has ever connected to it. "
                + "Start one (in a checkout: dotnet run --project src/Worker), "
                + "or point TEMPORAL_ADDRESS and TEMPORAL_NAMESPACE to yours.",
                e);
        }
    }
}
