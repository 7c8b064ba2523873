using System.Globalization;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Evidence;

/// <summary>The audit chain of a run, made in workflow code: a replay gives the same bytes.</summary>
internal sealed class AuditTrail(ChangeProgress progress)
{
    private readonly List<AuditEvent> _events = [];
    private int _stored;

    public IReadOnlyList<AuditEvent> Events => [.. _events];

    /// <summary>Makes a call that keeps the events which none has kept yet, before it does what it is for.</summary>
    public async Task<T> StoringAsync<T>(Func<IReadOnlyList<AuditEvent>, Task<T>> call)
    {
        int upTo = _events.Count;
        T result = await call([.. _events.Skip(_stored)]);
        _stored = Math.Max(_stored, upTo);
        return result;
    }

    /// <summary>Writes down what happened, in the chain and in the worker's log.</summary>
    /// <param name="type">One of <see cref="AuditTypes"/>.</param>
    /// <param name="sentence">What, with names and numbers.</param>
    /// <param name="outcome"><c>ok</c>, <c>refused</c>, <c>failed</c> or <c>skipped</c>.</param>
    /// <param name="code">Why, where the outcome is not ok.</param>
    /// <param name="actor">Who; null for the run itself.</param>
    /// <param name="step">The step.</param>
    /// <param name="attempt">Which try of it.</param>
    /// <param name="guard">The guard of a lock.</param>
    /// <param name="epoch">Its token.</param>
    public void Add(
        string type,
        string? sentence = null,
        string outcome = "ok",
        string? code = null,
        string? actor = null,
        string? step = null,
        int? attempt = null,
        string? guard = null,
        long? epoch = null)
    {
        AuditEvent audit = AuditChain.Seal(new AuditEvent(
            1,
            progress.ChangeId,
            _events.Count,
            Workflow.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            type,
            actor ?? AuditTypes.SystemActor,
            progress.Procedure,
            progress.Tier,
            progress.Target,
            progress.IncidentId,
            step,
            attempt,
            progress.PlanHash,
            outcome,
            code,
            sentence,
            guard,
            epoch,
            Workflow.Info.WorkflowId,
            Workflow.Info.RunId,
            _events.Count == 0 ? AuditChain.Genesis : _events[^1].Hash!));
        _events.Add(audit);
        RunLog.Write(audit);
    }
}
