namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How a run that failed, was aborted or cancelled ends, after its undo. Pure.</summary>
internal static class RunEnd
{
    /// <summary>The final state, and what it means for the cluster.</summary>
    /// <param name="keeps">Whether what it changed is left on purpose.</param>
    /// <param name="journal">What it may have changed, and what became of that.</param>
    /// <param name="done">The steps that are done.</param>
    public static (ChangeState State, string Consequence) Of(bool keeps, IReadOnlyList<JournalEntry> journal, IReadOnlyList<string> done)
    {
        List<JournalEntry> left = [.. journal.Where(entry => entry.State is JournalState.UndoSkipped or JournalState.Sealed)];
        return journal.Any(entry => entry.State == JournalState.UndoFailed)
                ? (
                    ChangeState.UndoIncomplete,
                    "Not everything could be undone; a person must do the rest: "
                        + string.Join(
                            " ",
                            journal.Where(entry => entry.State is JournalState.UndoFailed or JournalState.UndoSkipped).Select(Text)))
            : keeps || left.Count > 0
                ? (ChangeState.LeftAsIs, Stays(left, done))
            : (
                ChangeState.Undone,
                journal.All(entry => entry.State == JournalState.NotDone)
                    ? "Nothing was changed."
                    : "Everything that was changed has been undone.");
    }

    private static string Stays(List<JournalEntry> left, IReadOnlyList<string> done)
    {
        List<string> told = [.. left.Select(entry => entry.Detail).OfType<string>()];
        List<string> steps =
            [.. (left.Count > 0 ? left.Where(entry => entry.Detail is null).Select(entry => entry.Step) : done).Distinct()];
        return steps.Count > 0 ? string.Join(" ", [$"The changes of {string.Join(", ", steps)} stay as they are.", .. told])
            : told.Count > 0 ? string.Join(" ", told)
            : "Its changes stay as they are.";
    }

    private static string Text(JournalEntry entry) => $"{entry.Step}, whose undo {entry.Undo}: {entry.Detail}";
}
