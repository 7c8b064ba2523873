using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>
/// The lock of a cluster, a namespace or an object: queues changes, hands out a rising fencing token, frees the lock of a holder that
/// ended without giving it back, and lets two people break it. It never ends; its id is that of the guard.
/// </summary>
[Workflow(LockNames.ClusterGuard)]
public sealed class ClusterGuardWorkflow
{
    // A server takes 2,000 updates for one run; each change sends two, and those that queue some more.
    private const int MostGrants = 500;

    // Three times what a write may take from reading the fence to its end: so long a former holder might still write.
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan RetryGrantAfter = TimeSpan.FromSeconds(30);

    private readonly ReadInput<GuardInput> _read;
    private readonly GuardBook _book;
    private readonly string _guard;
    private readonly List<Asking> _asking = [];
    private int _grants;
    private int _changes;

    /// <summary>Opens the guard as it was handed over.</summary>
    /// <param name="input">A <see cref="GuardInput"/>.</param>
    [WorkflowInit]
    public ClusterGuardWorkflow(IRawValue? input = null)
    {
        _read = InputReader.Own<GuardInput>(input);
        GuardInput read = _read is { Faults.Count: 0, Value: { Guard: not null } whole } ? whole : new GuardInput(Workflow.Info.WorkflowId);
        _guard = read.Guard;
        _book = new GuardBook(read);
    }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    private bool IsOver => (Workflow.ContinueAsNewSuggested || _grants >= MostGrants) && Workflow.AllHandlersFinished;

    /// <summary>Serves the queue and watches the holders.</summary>
    /// <param name="input">A <see cref="GuardInput"/>.</param>
    /// <exception cref="ApplicationFailureException">
    /// The input is not one: the next change that asks for the lock starts the guard again.
    /// </exception>
    [WorkflowRun]
    public async Task RunAsync(IRawValue? input = null)
    {
        _read.Require();
        using CancellationTokenSource stop = new();
        Task watching = WatchAsync(stop.Token);
        while (!IsOver)
        {
            if (_book.Next(Now) is { } next)
            {
                await GrantAsync(next);
                continue;
            }

            int seen = _changes;
            await WaitAsync(() => _changes != seen || IsOver, _book.QuarantinedUntil - Now);
        }

        WorkflowCancel.Now(stop);
        await watching;
        IRawValue handOver = Workflow.PayloadConverter.ToRawValue(_book.HandOver());
        throw Workflow.CreateContinueAsNewException((ClusterGuardWorkflow w) => w.RunAsync(handOver));
    }

    /// <summary>Where the guard stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public GuardStatus Status() => _book.Status(Now);

    /// <summary>Asks for the lock: granted now, or queued for.</summary>
    /// <exception cref="ApplicationFailureException">The fencing token could not be written.</exception>
    [WorkflowUpdate(LockNames.AcquireUpdate)]
    public async Task<LockAnswer> AcquireAsync(LockRequest request)
    {
        _book.Enqueue(request, Now);
        Asking asking = new(request.Holder);
        _asking.Add(asking);
        Changed();
        await Workflow.WaitConditionAsync(
            () => asking.Failure is not null || _book.GrantOf(request.Holder) is not null || _book.Next(Now)?.Holder != request.Holder);
        _asking.Remove(asking);
        if (asking.Failure is { } failure)
        {
            throw failure;
        }

        return _book.GrantOf(request.Holder) is { } grant ? new(grant) : new(null, _book.Sentence(Now));
    }

    /// <summary>Refuses what no run asks: anybody who can call Temporal can send it.</summary>
    [WorkflowUpdateValidator(nameof(AcquireAsync))]
    public void ValidateAcquire(LockRequest request) => Throw(LockRequestRules.Refuse(request));

    /// <summary>Gives the lock, or the place in the queue, back.</summary>
    [WorkflowUpdate(LockNames.ReleaseUpdate)]
    public Task ReleaseAsync(LockHolder holder)
    {
        _book.Release(holder);
        RunLog.Write(holder.ChangeId, AuditTypes.LockReleased, _guard);
        Changed();
        return Task.CompletedTask;
    }

    /// <summary>Refuses what names no holder.</summary>
    [WorkflowUpdateValidator(nameof(ReleaseAsync))]
    public void ValidateRelease(LockHolder holder) => Throw(LockRequestRules.Refuse(holder));

    /// <summary>Asks to break the lock; a second person confirms it within 15 minutes.</summary>
    [WorkflowUpdate(LockNames.BreakUpdate)]
    public async Task<GuardStatus> BreakAsync(BreakLock ask)
    {
        await RequireRoleAsync(ask, confirms: false);
        _book.PendingBreak = new PendingBreak(ask, Now + ConfirmWithin);
        Changed();
        return Status();
    }

    /// <summary>Refuses what needs no reading.</summary>
    [WorkflowUpdateValidator(nameof(BreakAsync))]
    public void ValidateBreak(BreakLock ask) => Throw(LockRequestRules.Refuse(ask) ?? BreakRules.Refuse(ask, confirms: false, _book));

    /// <summary>Confirms a break: the token rises, and whoever held the lock touches nothing more.</summary>
    [WorkflowUpdate(LockNames.ConfirmBreakUpdate)]
    public async Task<GuardStatus> ConfirmBreakAsync(BreakLock confirmation)
    {
        await RequireRoleAsync(confirmation, confirms: true);
        BreakLock asked = _book.PendingBreak!.Asked;
        List<LockPlace> places = [.. _book.Holders.SelectMany(hold => hold.Places).Distinct()];
        long epoch = await RaiseAsync(places, $"broken by {Actor.Subject(asked.Actor)}", null);
        string sentence = $"The lock {_guard} was broken by {asked.Actor}, confirmed by {confirmation.Actor}: {asked.Reason}";
        RunLog.Write(string.Join(", ", _book.Holders.Select(hold => hold.Holder.ChangeId)), AuditTypes.LockBroken, sentence);
        foreach (LockHold hold in _book.Break(asked, confirmation.Actor, epoch, Now, Quarantine))
        {
            await TakeAwayAsync(hold, new LockRevocation(_guard, epoch, sentence));
        }

        Changed();
        return Status();
    }

    /// <summary>Refuses what needs no reading.</summary>
    [WorkflowUpdateValidator(nameof(ConfirmBreakAsync))]
    public void ValidateConfirmBreak(BreakLock confirmation)
    {
        if (_book.PendingBreak is { } pending && Now >= pending.Until)
        {
            Throw(Refusal.Block(BreakRefusals.NothingToBreak, $"The break had to be confirmed by {pending.Until:u}."));
        }

        Throw(LockRequestRules.Refuse(confirmation) ?? BreakRules.Refuse(confirmation, confirms: true, _book));
    }

    private static void Throw(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true);
        }
    }

    private static async Task<bool> WaitAsync(Func<bool> until, TimeSpan? limit)
    {
        if (limit is { } time && time > TimeSpan.Zero)
        {
            return await Workflow.WaitConditionAsync(until, time);
        }

        await Workflow.WaitConditionAsync(until);
        return true;
    }

    private static async Task<bool> TellAsync<T>(LockHolder holder, string signal, T what)
    {
        try
        {
            await Workflow.GetExternalWorkflowHandle(holder.WorkflowId, holder.RunId).SignalAsync(signal, [what]);
            return true;
        }
        catch (FailureException)
        {
            // It has ended meanwhile.
            return false;
        }
    }

    // A run that lives gives the rest back by itself; one that has ended cannot.
    private async Task TakeAwayAsync(LockHold hold, LockRevocation revocation)
    {
        if (hold.Orphan is null && await TellAsync(hold.Holder, LockNames.RevokedSignal, revocation))
        {
            return;
        }

        // A write asks for all tokens of its run, so the one that has risen stops it, whichever it is.
        IReadOnlyList<string> others = [.. hold.Set.Where(guard => guard != _guard)];
        await Workflow.ExecuteActivityAsync(
            (ILockActivities a) => a.ReleaseLocksAsync(new(hold.Holder, others)), ActivityCalls.SafetyWrite);
    }

    private async Task RequireRoleAsync(BreakLock ask, bool confirms)
    {
        ChangePolicy policy = await Workflow.ExecuteActivityAsync((ITargetActivities a) => a.ReadPolicyAsync(), ActivityCalls.Read);
        // Somebody may have come first while this was read.
        Throw(BreakRules.Refuse(ask, confirms, policy) ?? BreakRules.Refuse(ask, confirms, _book));
    }

    private async Task GrantAsync(LockRequest request)
    {
        LockHolder holder = request.Holder;
        try
        {
            long epoch = request.Mode == LockMode.Exclusive ? await RaiseAsync(request.Places, holder.ChangeId, holder) : _book.Epoch;
            if (_book.Next(Now)?.Holder != holder)
            {
                // Gave its place back, or the lock was broken, while the token was written.
                return;
            }

            LockGrant grant = _book.Grant(request, epoch, Now);
            RunLog.Write(holder.ChangeId, AuditTypes.LockGranted, $"{_guard} token {epoch} {request.Mode}");
            _grants++;
            Changed();
            if (!IsAsking(holder) && !await TellAsync(holder, LockNames.GrantedSignal, grant))
            {
                _book.Release(holder);
                Changed();
            }
        }
        catch (ActivityFailureException e) when (IsAsking(holder))
        {
            (string code, string sentence) = FailureText.Of(e);
            // Of several askings of one holder, only one still has a caller, and none can tell which.
            foreach (Asking asking in _asking.Where(asking => asking.Holder == holder))
            {
                asking.Failure = new ApplicationFailureException(sentence, errorType: code, nonRetryable: true);
            }

            _book.Release(holder);
            Changed();
        }
        catch (ActivityFailureException)
        {
            // Whoever queued has nothing else to do than to wait until the cluster answers.
            await Workflow.DelayAsync(RetryGrantAfter);
        }
    }

    private async Task<long> RaiseAsync(IReadOnlyList<LockPlace> places, string identity, LockHolder? holder)
    {
        RaiseFenceInput raise = new(places, _guard, _book.Epoch, identity, holder);
        return (await Workflow.ExecuteActivityAsync((ILockActivities a) => a.IssueFenceAsync(raise), ActivityCalls.Fence)).Epoch;
    }

    // One long reading for as long as the holders stay the same: it ends when one of them has ended.
    private async Task WatchAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            List<LockHolder> watched = [.. Watched()];
            if (watched.Count == 0)
            {
                await Workflow.WaitConditionAsync(() => stop.IsCancellationRequested || Watched().Any());
                continue;
            }

            using CancellationTokenSource change = new();
            WatchHoldersInput watch = new(watched)
            {
                KnownToHaveEnded = [.. _book.Holders.Where(hold => hold.IsUnread).Select(hold => hold.Holder)],
            };
            Task<EndedHolder> ended = Workflow.ExecuteActivityAsync(
                (ILockActivities a) => a.WatchHoldersAsync(watch), ActivityCalls.Watch(change.Token));
            await Workflow.WaitConditionAsync(() => stop.IsCancellationRequested || ended.IsCompleted || !Watched().SequenceEqual(watched));
            WorkflowCancel.Now(change);
            try
            {
                EndedHolder closed = await ended;
                _book.Orphaned(closed.Holder, new LockOrphan(closed.Ended, Now, closed.OpenEntries), Quarantine);
                string open = closed.OpenEntries is { } entries ? $"{entries.Count} open entries" : "a journal that cannot be read";
                RunLog.Write(closed.Holder.ChangeId, RunLog.LockOrphaned, $"{_guard} its run ended as {closed.Ended}, leaving {open}");
                Changed();
            }
            catch (Exception e) when (e is FailureException or OperationCanceledException)
            {
                // Ended by the cancel, or out of reach for its whole time: watched again.
            }
        }
    }

    // Those that ended with a journal that could not be read are asked for it until they answer, or two people break the lock.
    private IEnumerable<LockHolder> Watched() =>
        _book.Holders.Where(hold => hold.Orphan is null || hold.IsUnread).Select(hold => hold.Holder);

    private bool IsAsking(LockHolder holder) => _asking.Exists(asking => asking.Holder == holder);

    private void Changed()
    {
        _changes++;
        Workflow.CurrentDetails = GuardDetails.Markdown(Status());
    }

    private sealed class Asking(LockHolder holder)
    {
        public LockHolder Holder { get; } = holder;

        public ApplicationFailureException? Failure { get; set; }
    }
}
