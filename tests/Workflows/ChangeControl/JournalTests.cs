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

        Assert.True(await _journal.UndoAllAsync());

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

        Assert.False(await _journal.UndoAllAsync());

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

    private int Push(string step, Exception? failure = null) => _journal.Push(step, new Undo($"undoes {step}", () =>
    {
        _undone.Add(step);
        return failure is null ? Task.CompletedTask : Task.FromException(failure);
    }));
}
