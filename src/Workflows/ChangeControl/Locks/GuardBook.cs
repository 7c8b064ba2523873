namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>
/// Who holds a guard and who waits for it. Deciding is pure; the workflow holds the book, its clock, and writes the fencing tokens.
/// </summary>
/// <remarks>
/// One holds it alone, or some share it. Who shared it and left something open keeps nobody from sharing it: what is open is behind
/// the lock of its own object. The queue is served in order, emergencies first; whoever is at its head keeps all behind it
/// waiting, so that those who share cannot starve one who wants it alone.
/// </remarks>
public sealed class GuardBook
{
    // An inventory has few names for one thing; who asks under made-up ones must not fill the book.
    private const int MostNames = 5;

    private readonly string _guard;
    private readonly List<LockHold> _holders;
    private readonly List<LockWaiter> _queue;
    private readonly List<string> _knownAs;
    private LockBreak? _lastBreak;

    /// <summary>A book as an earlier run left it.</summary>
    public GuardBook(GuardInput input)
    {
        _guard = input.Guard;
        Epoch = input.Epoch;
        _holders = [.. input.Holders ?? []];
        _queue = [.. input.Queue ?? []];
        QuarantinedUntil = input.QuarantinedUntil;
        _lastBreak = input.LastBreak;
        PendingBreak = input.PendingBreak;
        _knownAs = [.. input.KnownAs];
    }

    /// <summary>The newest fencing token.</summary>
    public long Epoch { get; private set; }

    /// <summary>Who holds it.</summary>
    public IReadOnlyList<LockHold> Holders => [.. _holders];

    /// <summary>Until when nobody gets it.</summary>
    public DateTimeOffset? QuarantinedUntil { get; private set; }

    /// <summary>A break that waits for its second person.</summary>
    public PendingBreak? PendingBreak { get; set; }

    /// <summary>What a holder has; null where it holds nothing.</summary>
    public LockGrant? GrantOf(LockHolder holder) =>
        _holders.Find(hold => Same(hold.Holder, holder)) is { } hold ? new(_guard, hold.Mode, hold.Epoch, hold.Since) : null;

    /// <summary>Whether a run waits.</summary>
    public bool IsQueued(LockHolder holder) => _queue.Exists(waiter => Same(waiter.Request.Holder, holder));

    /// <summary>Puts a request into the queue; one that is there, or was granted, already stays as it is.</summary>
    public void Enqueue(LockRequest request, DateTimeOffset now)
    {
        if (GrantOf(request.Holder) is null && !IsQueued(request.Holder))
        {
            _queue.Add(new LockWaiter(request, now));
            _knownAs.AddRange(request.Places.Select(place => $"{place.Target}").Except(_knownAs).Take(MostNames - _knownAs.Count));
        }
    }

    /// <summary>Who is to be served now; null where nobody waits or can be.</summary>
    public LockRequest? Next(DateTimeOffset now)
    {
        LockRequest? head = InOrder().FirstOrDefault()?.Request;
        bool free = head?.Mode == LockMode.Exclusive ? _holders.Count == 0 : _holders.TrueForAll(hold => hold.Mode == LockMode.Shared);
        return free && !(now < QuarantinedUntil) ? head : null;
    }

    /// <summary>Gives the lock to a request that <see cref="Next"/> named.</summary>
    public LockGrant Grant(LockRequest request, long epoch, DateTimeOffset now)
    {
        _queue.RemoveAll(waiter => Same(waiter.Request.Holder, request.Holder));
        Epoch = epoch;
        QuarantinedUntil = null;
        _holders.Add(new LockHold(request.Holder, request.Mode, epoch, now, now + request.Expected)
        {
            Places = request.Places,
            Set = request.Set,
        });
        return new LockGrant(_guard, request.Mode, epoch, now);
    }

    /// <summary>Gives the lock, or the place in the queue, back.</summary>
    public void Release(LockHolder holder)
    {
        _holders.RemoveAll(hold => Same(hold.Holder, holder));
        _queue.RemoveAll(waiter => Same(waiter.Request.Holder, holder));
    }

    /// <summary>
    /// Takes note that a holder ended without giving the lock back. A clean one loses it, and nobody gets it for a while.
    /// </summary>
    public void Orphaned(LockHolder holder, LockOrphan orphan, TimeSpan quarantine)
    {
        int index = _holders.FindIndex(hold => Same(hold.Holder, holder));
        if (index < 0)
        {
            return;
        }

        if (orphan.IsClean)
        {
            _holders.RemoveAt(index);
            QuarantinedUntil = orphan.At + quarantine;
        }
        else
        {
            _holders[index] = _holders[index] with { Orphan = orphan };
        }
    }

    /// <summary>Takes the lock from all who hold it.</summary>
    /// <returns>What they had.</returns>
    public IReadOnlyList<LockHold> Break(BreakLock asked, string confirmedBy, long epoch, DateTimeOffset now, TimeSpan quarantine)
    {
        List<LockHold> holds = [.. _holders];
        _holders.Clear();
        Epoch = epoch;
        QuarantinedUntil = now + quarantine;
        PendingBreak = null;
        _lastBreak = new LockBreak(asked, confirmedBy, [.. holds.Select(hold => hold.Holder)], epoch, now)
        {
            Left = [.. holds.SelectMany(hold => hold.Orphan?.OpenEntries ?? [])],
        };
        return holds;
    }

    /// <summary>What is handed over to the next run.</summary>
    public GuardInput HandOver() => new(_guard, Epoch, Holders, [.. _queue], QuarantinedUntil, _lastBreak)
    {
        PendingBreak = PendingBreak,
        KnownAs = [.. _knownAs],
    };

    /// <summary>Where it stands.</summary>
    public GuardStatus Status(DateTimeOffset now)
    {
        GuardCondition condition = _holders.Exists(hold => hold.Orphan is not null) ? GuardCondition.Orphaned
            : _holders.Count > 0 ? GuardCondition.Held
            : now < QuarantinedUntil ? GuardCondition.Quarantined
            : GuardCondition.Free;
        return new(
            _guard,
            condition,
            Epoch,
            Holders,
            [.. InOrder()],
            condition == GuardCondition.Quarantined ? QuarantinedUntil : null,
            PendingBreak,
            _lastBreak,
            Sentence(condition))
        {
            KnownAs = [.. _knownAs],
        };
    }

    /// <summary>What keeps others waiting, in one sentence.</summary>
    public string Sentence(DateTimeOffset now) => Status(now).Sentence;

    private static bool Same(LockHolder a, LockHolder b) => a.WorkflowId == b.WorkflowId && a.RunId == b.RunId;

    private static string Text(LockHold hold) => hold.Orphan switch
    {
        null => $"held by {hold.Holder} since {hold.Since:u}, expected until {hold.ExpectedUntil:u}",
        { OpenEntries: null } orphan =>
            $"{hold.Holder} ended ({orphan.Ended}) at {orphan.At:u} without releasing it, and its journal cannot be read yet",
        { } orphan =>
            $"{hold.Holder} ended ({orphan.Ended}) at {orphan.At:u} without releasing it, "
                + $"and left these undone: {string.Join("; ", orphan.OpenEntries)}",
    };

    private IOrderedEnumerable<LockWaiter> InOrder() => _queue.OrderByDescending(waiter => waiter.Request.Priority);

    private string Sentence(GuardCondition condition)
    {
        string guard = _knownAs.Count == 0 ? _guard : $"{_guard} ({string.Join(", ", _knownAs)})";
        string holders = string.Join("; ", _holders.Select(Text));
        return condition switch
        {
            GuardCondition.Free => $"Nobody holds {guard}.",
            GuardCondition.Quarantined => $"{guard} was not released by its holder; nobody gets it before {QuarantinedUntil:u}.",
            GuardCondition.Orphaned =>
                $"{guard}: {holders}. Two people must break it (sop locks break) and put back by hand what the run left.",
            _ => $"{guard}: {holders}.",
        };
    }
}
