using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.ChangeControl;

/// <summary>What is put back, in which order, and what is said of what could not be.</summary>
public sealed class JournalTests
{
    private readonly Journal _journal = new();
    private readonly List<string> _undone = [];

    [Fact]
    public async Task Journal_Undone_GoesNewestFirst()
    {
        Push("one");
        _journal.Done(Push("two"));
        Push("three");

        Assert.Null(await _journal.UndoAllAsync(_ => { }));

        Assert.Equal(["three", "two", "one"], _undone);
        Assert.All(_journal.Entries, entry => Assert.Equal(JournalState.Undone, entry.State));
    }

    [Fact]
    public async Task Journal_UndosThatFail_KeepNoOtherFromBeingUndone()
    {
        Push("one");
        Push("two", new ApplicationFailureException("kafka confluent/kafka was changed by somebody else.", "UNDO_CONFLICT"));
        Push("three", new TaskCanceledException("no time"));
        Push("four");

        Assert.Null(await _journal.UndoAllAsync(_ => { }));

        Assert.Equal(["four", "three", "two", "one"], _undone);
        Assert.Equal(
            [
                new JournalEntry("one", "undoes one", JournalState.Undone),
                new JournalEntry("two", "undoes two", JournalState.UndoFailed, "kafka confluent/kafka was changed by somebody else."),
                new JournalEntry("three", "undoes three", JournalState.UndoFailed, "The workflow was cancelled."),
                new JournalEntry("four", "undoes four", JournalState.Undone),
            ],
            _journal.Entries);
    }

    [Fact]
    public void Journal_ActUnderWay_SaysThatItMayHaveHappened()
    {
        int entry = Push("one");
        Assert.Equal(JournalState.Pushed, Assert.Single(_journal.Entries).State);

        _journal.Done(entry);
        Assert.Equal(JournalState.Done, Assert.Single(_journal.Entries).State);
    }

    [Fact]
    public async Task Journal_UndoThatWouldDoHarm_IsLeftAndSaysWhy()
    {
        Push("one");
        Push("two", left: "pods would restart");

        await _journal.UndoAllAsync(_ => { });

        Assert.Equal(
            [new JournalEntry("one", "undoes one", JournalState.Undone),
                new JournalEntry("two", "undoes two", JournalState.UndoSkipped, "pods would restart")],
            _journal.Entries);
    }

    [Fact]
    public async Task Journal_NewerTokenOnTheCluster_UndoesNothingMore()
    {
        Push("one");
        Push("two", new ApplicationFailureException("token 8", ReasonCodes.Fenced));

        Assert.NotNull(await _journal.UndoAllAsync(_ => { }));

        Assert.Equal(["two"], _undone);
    }

    [Fact]
    public async Task Journal_SealedOrSettled_IsNotUndone()
    {
        Push("one");
        _journal.Settle("one", "put back before");
        Push("two");
        _journal.Seal();
        Push("three");

        await _journal.UndoAllAsync(_ => { });

        Assert.Equal(["three"], _undone);
        Assert.Equal([JournalState.Undone, JournalState.Sealed, JournalState.Undone], _journal.Entries.Select(entry => entry.State));
    }

    [Fact]
    public async Task Journal_RunThatLeavesEverything_BringsAloneToAnEndWhatIsUnderWay()
    {
        Push("one");
        _journal.Push("two", new Undo("holds two", () =>
        {
            _undone.Add("two");
            return Task.FromResult<string?>("two is held");
        })
        {
            IsUnderWay = true,
        });

        await _journal.UndoAllAsync(_ => { }, onlyWhatIsUnderWay: true);

        Assert.Equal(["two"], _undone);
        Assert.Equal([JournalState.Pushed, JournalState.UndoSkipped], _journal.Entries.Select(entry => entry.State));
    }

    [Fact]
    public void Journal_TryThatDidNothing_IsOneEntryWithTheNext()
    {
        Push("one");
        _journal.Settle("one", "a budget said no", JournalState.NotDone);
        Assert.Equal((ChangeState.Undone, "Nothing was changed."), RunEnd.Of(keeps: false, _journal.Entries, []));

        Push("one");
        Assert.Equal([new JournalEntry("one", "undoes one", JournalState.Pushed)], _journal.Entries);
    }

    [Fact]
    public void RunEnd_OfWhatIsSealed_SaysWhatIsKnownOfIt()
    {
        Push("one");
        Push("two");
        _journal.Seal("two", "Two was watched to its end.");
        _journal.Seal();

        Assert.Equal(
            (ChangeState.LeftAsIs, "The changes of one stay as they are. Two was watched to its end."),
            RunEnd.Of(keeps: false, _journal.Entries, ["one"]));
    }

    private int Push(string step, Exception? failure = null, string? left = null) => _journal.Push(step, new Undo($"undoes {step}", () =>
    {
        _undone.Add(step);
        return failure is null ? Task.FromResult(left) : Task.FromException<string?>(failure);
    }));
}
