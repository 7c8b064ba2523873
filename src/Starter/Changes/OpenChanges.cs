using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Client;

namespace Orchestrator.Starter.Changes;

/// <summary>The changes that have not ended.</summary>
internal static class OpenChanges
{
    /// <summary>Those that wait for votes.</summary>
    public const string Waiting = $"ExecutionStatus = 'Running' AND {ChangeNames.ApprovalStateAttribute} = '{nameof(ApprovalDecision.Waiting)}'";

    /// <summary>All of them.</summary>
    public const string All = $"ExecutionStatus = 'Running' AND {ChangeNames.StateAttribute} IS NOT NULL";

    /// <summary>Where each of them stands, newest first; one that ended while it was read is left out.</summary>
    /// <param name="server">The server.</param>
    /// <param name="query"><see cref="Waiting"/> or <see cref="All"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SopException">The server cannot be searched, or no worker answers.</exception>
    public static async Task<IReadOnlyList<ChangeView>> ReadAsync(TemporalServer server, string query, CancellationToken cancellationToken)
    {
        List<ChangeView> open = [];
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(server, query, cancellationToken))
        {
            ChangeView view = await new ChangeReader(server, workflow.Id).ReadAsync(cancellationToken);
            if (!ChangeExit.IsFinal(view.Change.State))
            {
                open.Add(view);
            }
        }

        return open;
    }
}
