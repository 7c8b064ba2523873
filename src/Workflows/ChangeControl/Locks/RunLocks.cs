using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>The locks of a run.</summary>
internal sealed class RunLocks
{
    // Longer than anything that holds a lock; a guard that lost its queue is asked anew after it.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly LockHolder _holder;
    private readonly AuditTrail _audit;
    private readonly List<LockGrant> _grants = [];
    private IReadOnlyList<LockNeed> _needs = [];
    private int _signals;

    /// <summary>Registers the guards' signals with the workflow.</summary>
    public RunLocks(LockHolder holder, AuditTrail audit)
    {
        _holder = holder;
        _audit = audit;
        Workflow.Signals[LockNames.GrantedSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(
            LockNames.GrantedSignal,
            (LockGrant _) =>
            {
                _signals++;
                return Task.CompletedTask;
            });
        Workflow.Signals[LockNames.RevokedSignal] = WorkflowSignalDefinition.CreateWithoutAttribute(
            LockNames.RevokedSignal,
            (LockRevocation? revocation) =>
            {
                Revocation = _grants.Exists(grant => grant.Guard == revocation?.Guard) ? revocation : Revocation;
                return Task.CompletedTask;
            });
    }

    /// <summary>Makes its calls: before the first step with a limit, under way without one.</summary>
    public RunCalls? Calls { get; set; }

    /// <summary>The locks that are held.</summary>
    public IReadOnlyList<LockGrant> Grants => [.. _grants];

    /// <summary>What mutating activities carry, the most specific guard last.</summary>
    public IReadOnlyList<Fence> Fences => [.. _grants.Select(grant => new Fence(grant.Guard, grant.Epoch, grant.Mode))];

    /// <summary>Set when somebody broke a lock of this run.</summary>
    public LockRevocation? Revocation { get; private set; }

    /// <summary>Takes all locks, however long that takes.</summary>
    /// <param name="places">The clusters that the change touches.</param>
    /// <param name="needs">The locks, the parent before the child.</param>
    /// <param name="priority">Who is served first.</param>
    /// <param name="expected">How long they are expected to be held.</param>
    /// <param name="waiting">Told what is waited for.</param>
    /// <param name="until">When waiting makes no sense any more.</param>
    /// <param name="cancellationToken">Ends the wait; what was acquired must still be released.</param>
    /// <returns>Whether all are held; false when the time was up.</returns>
    public async Task<bool> AcquireAsync(
        IReadOnlyList<LockPlace> places,
        IReadOnlyList<LockNeed> needs,
        LockPriority priority,
        TimeSpan expected,
        Action<string> waiting,
        DateTimeOffset? until,
        CancellationToken cancellationToken)
    {
        _needs = needs;
        while (true)
        {
            int seen = _signals;
            AcquiredLocks acquired = await Calls!.CallAsync(
                options => _audit.StoringAsync(events =>
                {
                    AcquireLocksInput ask = new(_holder, places, needs, priority, expected) { Audit = events };
                    return Workflow.ExecuteActivityAsync((ILockActivities a) => a.AcquireLocksAsync(ask), options);
                }),
                ActivityCalls.Write.Within(cancellationToken).For("lock"));
            _grants.Clear();
            _grants.AddRange(acquired.Grants);
            if (acquired.QueuedAt is null)
            {
                return true;
            }

            waiting($"Waits for {acquired.QueuedAt}: {acquired.Waiting}");
            TimeSpan limit = until is { } end ? end - new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero) : LongestWait;
            if (limit <= TimeSpan.Zero || !await Workflow.WaitConditionAsync(() => _signals != seen, limit, cancellationToken))
            {
                return false;
            }
        }
    }

    /// <summary>Gives all locks, and places in queues, back; although the workflow may be cancelled.</summary>
    public async Task ReleaseAsync()
    {
        if (_needs.Count == 0)
        {
            return;
        }

        List<string> guards = [.. _needs.Select(need => need.Guard)];
        await _audit.StoringAsync(async events =>
        {
            ReleaseLocksInput release = new(_holder, guards) { Audit = events };
            await Workflow.ExecuteActivityAsync((ILockActivities a) => a.ReleaseLocksAsync(release),
                ActivityCalls.SafetyWrite.For("release"));
            return guards.Count;
        });
        _needs = [];
        _grants.Clear();
    }
}
