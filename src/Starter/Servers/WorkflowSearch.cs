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
    /// <exception cref="SopException">The server does not know a search attribute of the query.</exception>
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

    private static async Task<WorkflowListPage> PageAsync(TemporalServer server, string query, byte[]? token, CancellationToken cancellationToken)
    {
        try
        {
            return await server.CallAsync(
                rpc => server.Client.ListWorkflowsPaginatedAsync(query, token, new WorkflowListPaginatedOptions { PageSize = PageSize, Rpc = rpc }),
                new RpcOptions(),
                cancellationToken);
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            throw new SopException(
                ExitCode.Usage,
                $"{server.Name} cannot be searched by what changes are known by (a worker registers that at its start): {e.Message.TrimEnd('.')}; where a command takes a change, it takes its workflow id as well.",
                e);
        }
    }
}
