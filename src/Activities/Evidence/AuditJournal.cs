using Orchestrator.Store;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Planning;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Evidence;

/// <summary>
/// Keeps audit chains: what a run is about to do stands in its chain before it is done. A chain without a pack is of a run that did not
/// come to its end.
/// </summary>
internal sealed class AuditJournal(WorkerStore store)
{
    /// <summary>
    /// Adds events to the chain of the calling run, on the disk when it returns. Those that are there already are compared.
    /// </summary>
    /// <exception cref="ApplicationFailureException">
    /// The store cannot be written; the chain has another event in one's place; or the events belong to another run.
    /// </exception>
    public Task AppendAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken) =>
        events.Count == 0 ? Task.CompletedTask : AppendAsync(KeyOf(events), events, cancellationToken);

    /// <summary>Adds an event to a chain of this worker's own, which no run writes into: its name is not one that a run's has.</summary>
    /// <exception cref="ApplicationFailureException">
    /// As of <see cref="AppendAsync(IReadOnlyList{AuditEvent}, CancellationToken)"/>.
    /// </exception>
    public Task AppendOwnAsync(AuditEvent audit, CancellationToken cancellationToken) =>
        AppendAsync(new ChainKey(audit.ChainId, audit.RunId), [audit], cancellationToken);

    private Task AppendAsync(ChainKey chain, IReadOnlyList<AuditEvent> events, CancellationToken cancellationToken) => store.UseAsync(
        async kept =>
        {
            await kept.AppendAsync(
                chain,
                [.. events.Select(audit => new StoredEvent(audit.Seq, audit.Hash!, audit.At, audit.Type, CanonicalJson.Serialize(audit)))],
                cancellationToken);
            return true;
        },
        cancellationToken);

    // A run that was reset has a chain of its own; and a run writes into its own alone.
    private static ChainKey KeyOf(IReadOnlyList<AuditEvent> events)
    {
        AuditEvent first = events[0];
        bool isForeign = events.Any(audit => audit.ChainId != first.ChainId || audit.RunId != first.RunId)
            || (ActivityExecutionContext.HasCurrent && ActivityExecutionContext.Current.Info.WorkflowRunId != first.RunId);
        if (isForeign)
        {
            throw new ApplicationFailureException(
                $"An audit event of {first.ChainId} does not belong to the calling run.", errorType: ReasonCodes.InputInvalid,
                nonRetryable: true);
        }

        PackName name = PackName.Of(first.ChainId, first.RunId);
        return new(name.Change, name.Run);
    }
}
