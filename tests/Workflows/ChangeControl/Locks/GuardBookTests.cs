using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.Tests.ChangeControl.Locks;

/// <summary>Who gets a lock, when.</summary>
public sealed class GuardBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(30);

    private static readonly LockPlace Place = new(new ChangeTarget("lab", "confluent"), "uid");

    private readonly GuardBook _book = new(new GuardInput("cluster/lab/confluent/kafka"));

    [Fact]
    public void Queue_OneHoldsIt_TheOthersAreServedInOrderEmergenciesFirst()
    {
        Ask("A");
        Ask("B");
        Ask("C", priority: LockPriority.Emergency);

        Assert.Equal(["C", "A", "B"], [Serve(), ServeAfter("C"), ServeAfter("A")]);
    }

    [Fact]
    public void Exclusive_WhileItIsShared_KeepsLaterOnesThatShareWaiting()
    {
        Ask("A", LockMode.Shared);
        Ask("B", LockMode.Shared);
        Assert.Equal(["A", "B"], [Serve(), Serve()]);
        Ask("C");
        Ask("D", LockMode.Shared);

        Assert.Null(_book.Next(Start));
        _book.Release(Holder("A"));
        Assert.Null(_book.Next(Start));
        _book.Release(Holder("B"));
        Assert.Equal(["C", "D"], [Serve(), ServeAfter("C")]);
    }

    [Fact]
    public void Ask_Twice_HasOnePlaceAndOneGrant()
    {
        Ask("A");
        Ask("A");
        Serve();
        Ask("A");

        Assert.Null(_book.Next(Start));
        Assert.Equal(1, _book.GrantOf(Holder("A"))!.Epoch);
        Assert.Empty(_book.Status(Start).Queue);
    }

    [Fact]
    public void Orphan_Clean_IsFreeAfterTheQuarantine()
    {
        Ask("A");
        Serve();
        Ask("B");
        _book.Orphaned(Holder("A"), new LockOrphan("Terminated", Start, []), Quarantine);

        Assert.Equal(GuardCondition.Quarantined, _book.Status(Start).Condition);
        Assert.Null(_book.Next(Start + Quarantine - TimeSpan.FromTicks(1)));
        Assert.Equal("B", _book.Next(Start + Quarantine)!.Holder.ChangeId);
    }

    [Theory]
    [InlineData("hold-brokers-operator: remove block-reconcile")]
    [InlineData(null)]
    public void Orphan_WithSomethingOpenOrUnreadable_StaysUntilItIsBroken(string? open)
    {
        Ask("A");
        Serve();
        Ask("B");
        _book.Orphaned(Holder("A"), new LockOrphan("Terminated", Start, open is null ? null : [open]), Quarantine);

        Assert.Null(_book.Next(Start + TimeSpan.FromDays(1)));
        Assert.Equal(GuardCondition.Orphaned, _book.Status(Start).Condition);
        Assert.Contains(open ?? "its journal cannot be read", _book.Sentence(Start), StringComparison.Ordinal);

        IReadOnlyList<LockHold> holds =
            _book.Break(new BreakLock("unverified:carol", "the holder is gone"), "unverified:dana", 9, Start, Quarantine);

        Assert.Equal([Holder("A")], holds.Select(hold => hold.Holder));
        Assert.Equal("B", _book.Next(Start + Quarantine)!.Holder.ChangeId);
        Assert.Equal(9, _book.Epoch);

        // Who broke it has it to do.
        Assert.Equal(open is null ? [] : [open], _book.Status(Start).LastBreak!.Left);
    }

    [Fact]
    public void Orphan_ThatSharedIt_KeepsOnlyThoseWaitingWhoWantItAlone()
    {
        Ask("A", LockMode.Shared);
        Serve();
        _book.Orphaned(Holder("A"), new LockOrphan("Terminated", Start, ["touch: empties it"]), Quarantine);
        Ask("B", LockMode.Shared);

        Assert.Equal("B", Serve());
        Ask("C");
        _book.Release(Holder("B"));
        Assert.Null(_book.Next(Start + TimeSpan.FromDays(1)));
    }

    [Fact]
    public void HandOver_ReadBack_IsTheSameBook()
    {
        Ask("A");
        Serve();
        Ask("B");
        _book.PendingBreak = new PendingBreak(new BreakLock("unverified:carol", "the holder is gone"), Start);
        GuardBook next = new(_book.HandOver());

        Assert.Equal(
            _book.Status(Start) with { Holders = [], Queue = [], KnownAs = [] },
            next.Status(Start) with { Holders = [], Queue = [], KnownAs = [] });
        Assert.Equal(["lab/confluent"], next.Status(Start).KnownAs);
        Assert.Equal(_book.Holders, next.Holders);
        Assert.Equal(_book.Status(Start).Queue, next.Status(Start).Queue);
    }

    private static LockHolder Holder(string change) =>
        new($"roll/{change}", $"run-{change}", change, "RollKafkaCluster", "unverified:alice");

    private void Ask(string change, LockMode mode = LockMode.Exclusive, LockPriority priority = LockPriority.Normal) =>
        _book.Enqueue(new LockRequest(Holder(change), [Place], mode, priority, TimeSpan.FromMinutes(10)), Start);

    private string Serve()
    {
        LockRequest request = _book.Next(Start)!;
        _book.Grant(request, _book.Epoch + (request.Mode == LockMode.Exclusive ? 1 : 0), Start);
        return request.Holder.ChangeId;
    }

    private string ServeAfter(string change)
    {
        _book.Release(Holder(change));
        return Serve();
    }
}
