namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How a run that failed, was aborted or cancelled ends, after its undo. Pure.</summary>
internal static class RunEnd
{
    public static (ChangeState State, string Consequence) Of(bool keeps, IReadOnlyList<JournalEntry> journal, bool leavesTraces,
        IReadOnlyList<string> done)
    {
        List<JournalEntry> left = [.. journal.Where(entry => entry.State is JournalState.UndoSkipped or JournalState.Sealed)];
        return keeps || (left.Count == 0 && leavesTraces && journal.All(entry => entry.State != JournalState.UndoFailed))
                ? (ChangeState.LeftAsIs, done.Count == 0
                    ? "What it changed stays as it is."
                    : $"What {string.Join(", ", done)} did stays as it is.")
            : journal.Any(entry => entry.State == JournalState.UndoFailed)
                ? (ChangeState.UndoIncomplete,
                    "Not everything could be put back; a person must do it: "
                    + string.Join(" ", journal
                        .Where(entry => entry.State is JournalState.UndoFailed or JournalState.UndoSkipped)
                        .Select(Text)))
            : left.Count > 0
                ? (ChangeState.LeftAsIs, string.Join(" ", left.Select(entry => entry.Detail ?? $"What {entry.Step} did stays.")))
            : (ChangeState.Undone, journal.Count == 0 ? "Nothing was changed." : "Everything that was changed is put back.");
    }

    private static string Text(JournalEntry entry) => $"{entry.Step}, whose undo {entry.Undo}: {entry.Detail}";
}
