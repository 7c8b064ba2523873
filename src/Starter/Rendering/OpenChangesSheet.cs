using Orchestrator.Starter.Changes;

namespace Orchestrator.Starter.Rendering;

/// <summary>The changes that have not ended, a line each.</summary>
internal static class OpenChangesSheet
{
    public static Sheet Of(IReadOnlyList<ChangeView> open) => open.Count == 0
        ? new Sheet().Line("No change is open.")
        : new Sheet().Table(
            null,
            ["CHANGE", "PROCEDURE", "TARGET", "TIER", "STATE", "ASKED BY", "SINCE", "SENTENCE"],
            open.Select(view => new Cell[]
            {
                view.Change.ChangeId,
                Words.Procedure(view.Change.Procedure),
                view.Change.Target.ToString(),
                view.Change.Tier.ToString(),
                Words.State(view.Change.State),
                view.Change.RequestedBy,
                Words.At(view.Change.SubmittedAt),
                view.Change.Sentence,
            }));
}
