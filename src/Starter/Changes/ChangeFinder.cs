using System.Text.RegularExpressions;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Starter.Changes;

/// <summary>Finds the workflow that people mean by an id.</summary>
internal static partial class ChangeFinder
{
    /// <summary>The workflow of a change.</summary>
    /// <param name="server">The server.</param>
    /// <param name="id">A change id, or a workflow id: the procedure's, or that of one of its approvals or rolls.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="SopException">There is none.</exception>
    public static async Task<string> FindAsync(TemporalServer server, string id, CancellationToken cancellationToken)
    {
        if (!ChangeIdPattern().IsMatch(id))
        {
            // Children carry their parent's id in front of their own.
            return ChildPart().Replace(id, "");
        }

        string change = id.ToUpperInvariant();
        List<string> found = [];
        try
        {
            WorkflowListPage page = await server.CallAsync(
                rpc => server.Client.ListWorkflowsPaginatedAsync(
                    $"{ChangeNames.ChangeIdAttribute} = '{change}'", null, new WorkflowListPaginatedOptions { PageSize = 1, Rpc = rpc }),
                new RpcOptions(),
                cancellationToken);
            found.AddRange(page.Workflows.Select(workflow => workflow.Id));
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.InvalidArgument)
        {
            throw new SopException(
                ExitCode.Usage,
                $"{server.Name} cannot be searched by {ChangeNames.ChangeIdAttribute} (a worker registers that at its start): {e.Message.TrimEnd('.')}; give the workflow id instead.",
                e);
        }

        return found is [var workflowId, ..]
            ? workflowId
            : throw new SopException(
                ExitCode.Usage, $"{server.Name} knows no change {change}; if it was started a moment ago, try again, or give its workflow id.");
    }

    [GeneratedRegex("^CHG-[0-9]{8}-[0-9A-Z]{6}$", RegexOptions.IgnoreCase)]
    private static partial Regex ChangeIdPattern();

    [GeneratedRegex("(?<=/CHG-[0-9]{8}-[0-9A-Z]{6})/.*$")]
    private static partial Regex ChildPart();
}
