using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Temporalio.Client;

namespace Orchestrator.Starter.Changes;

/// <summary>The changes that have not ended.</summary>
/// <param name="Answered">Those whose run has answered, newest first; one that ended while it was read is left out.</param>
/// <param name="Unanswered">Those of which only Temporal answers: all, from the first that no worker answers for.</param>
/// <param name="Why">Why some are unanswered; null where none is.</param>
internal sealed record OpenChanges(IReadOnlyList<ChangeView> Answered, IReadOnlyList<KnownChange> Unanswered, SopException? Why)
{
    /// <summary>Those that wait for votes.</summary>
    public const string Waiting =
        $"ExecutionStatus = 'Running' AND {ChangeNames.ApprovalStateAttribute} = '{nameof(ApprovalDecision.Waiting)}'";

    /// <summary>All of them.</summary>
    public const string All = $"ExecutionStatus = 'Running' AND {ChangeNames.StateAttribute} IS NOT NULL";

    /// <summary>None.</summary>
    public static OpenChanges None { get; } = new([], [], null);

    /// <summary>Reads them.</summary>
    /// <param name="server">The server.</param>
    /// <param name="query"><see cref="Waiting"/> or <see cref="All"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="SopException">The server cannot be searched.</exception>
    public static async Task<OpenChanges> ReadAsync(TemporalServer server, string query, CancellationToken cancellationToken)
    {
        List<ChangeView> answered = [];
        List<KnownChange> unanswered = [];
        SopException? why = null;
        await foreach (WorkflowExecution workflow in WorkflowSearch.FindAsync(server, query, cancellationToken))
        {
            try
            {
                // Who waits for one that does not answer need not wait for each.
                if (why is null)
                {
                    ChangeView view = await new ChangeReader(server, workflow.Id).ReadAsync(cancellationToken);
                    if (!ChangeExit.IsFinal(view.Change.State))
                    {
                        answered.Add(view);
                    }

                    continue;
                }
            }
            catch (SopException e) when (e.ExitCode == ExitCode.OutOfReach)
            {
                why = e;
            }

            unanswered.Add(await KnownChangeReader.ReadAsync(server, workflow.Id, cancellationToken));
        }

        return new OpenChanges(answered, unanswered, why);
    }
}
