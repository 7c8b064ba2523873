using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a run may have changed. An entry is written before its act, and undone in reverse order.</summary>
internal sealed class Journal
{
    private readonly List<(JournalEntry Entry, Func<Task> UndoAsync)> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => [.. _entries.Select(row => row.Entry)];

    public int Push(string step, Undo undo)
    {
        _entries.Add((new JournalEntry(step, undo.Description, JournalState.Pushed), undo.RunAsync));
        return _entries.Count - 1;
    }

    public void Done(int index) => Set(index, JournalState.Done);

    /// <summary>Undoes everything, newest first; one that fails does not keep the others from being undone.</summary>
    /// <returns>Whether everything is undone.</returns>
    public async Task<bool> UndoAllAsync()
    {
        bool complete = true;
        for (int index = _entries.Count - 1; index >= 0; index--)
        {
            try
            {
                await _entries[index].UndoAsync();
                Set(index, JournalState.Undone);
            }
            catch (Exception e) when (e is FailureException or OperationCanceledException)
            {
                complete = false;
                Set(index, JournalState.UndoFailed, FailureText.Of(e).Sentence);
            }
        }

        return complete;
    }

    private void Set(int index, JournalState state, string? detail = null) =>
        _entries[index] = (_entries[index].Entry with { State = state, Detail = detail }, _entries[index].UndoAsync);
}
