using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a run may have changed. An entry is written before its act, and undone in reverse order.</summary>
internal sealed class Journal
{
    private readonly List<(JournalEntry Entry, Undo Undo)> _entries = [];

    public IReadOnlyList<JournalEntry> Entries => [.. _entries.Select(row => row.Entry)];

    /// <summary>
    /// Writes an entry down, before its act. A step that is retried continues with its own, also where an earlier attempt did nothing.
    /// </summary>
    public int Push(string step, Undo undo)
    {
        int open = _entries.FindIndex(row => row.Entry.Step == step && row.Entry.State is JournalState.Pushed or JournalState.NotDone);
        if (open >= 0)
        {
            _entries[open] = (new JournalEntry(step, undo.Description, JournalState.Pushed), undo);
            return open;
        }

        _entries.Add((new JournalEntry(step, undo.Description, JournalState.Pushed), undo));
        return _entries.Count - 1;
    }

    public void Done(int index) => Set(index, JournalState.Done);

    /// <summary>
    /// Takes note that what a step did is not to be undone any more: it was put back in the course of the run, or did not happen.
    /// </summary>
    public void Settle(string step, string detail, JournalState state = JournalState.Undone)
    {
        for (int index = 0; index < _entries.Count; index++)
        {
            if (_entries[index].Entry is { IsOpen: true } entry && entry.Step == step)
            {
                Set(index, state, detail);
            }
        }
    }

    /// <summary>Takes away the way back from everything that was done so far, or from what one step did.</summary>
    /// <param name="step">The step; null: all.</param>
    /// <param name="detail">Why there is none.</param>
    public void Seal(string? step = null, string? detail = null)
    {
        for (int index = 0; index < _entries.Count; index++)
        {
            if (_entries[index].Entry is { IsOpen: true } entry && (step is null || entry.Step == step))
            {
                Set(index, JournalState.Sealed, detail);
            }
        }
    }

    /// <summary>Undoes what is open, newest first; one that fails does not keep the others from being undone.</summary>
    /// <param name="undone">Told of each entry as it ends.</param>
    /// <param name="onlyWhatIsUnderWay">Whether everything else stays: what was started is brought to a safe end all the same.</param>
    /// <returns>Why it stopped before the end, because a newer token is on the cluster; null otherwise.</returns>
    public async Task<Exception?> UndoAllAsync(Action<JournalEntry> undone, bool onlyWhatIsUnderWay = false)
    {
        for (int index = _entries.Count - 1; index >= 0; index--)
        {
            if (!_entries[index].Entry.IsOpen || (onlyWhatIsUnderWay && !_entries[index].Undo.IsUnderWay))
            {
                continue;
            }

            try
            {
                string? left = await _entries[index].Undo.RunAsync();
                if (!_entries[index].Entry.IsOpen)
                {
                    // It said itself what is known by now.
                    undone(_entries[index].Entry);
                    continue;
                }

                Set(index, left is null ? JournalState.Undone : JournalState.UndoSkipped, left);
            }
            catch (Exception e) when (e is FailureException or OperationCanceledException)
            {
                (string code, string sentence) = FailureText.Of(e);
                Set(index, JournalState.UndoFailed, sentence);
                if (code == ReasonCodes.Fenced)
                {
                    return e;
                }
            }

            undone(_entries[index].Entry);
        }

        return null;
    }

    private void Set(int index, JournalState state, string? detail = null) =>
        _entries[index] = (_entries[index].Entry with { State = state, Detail = detail }, _entries[index].Undo);
}
