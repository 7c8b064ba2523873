using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Rendering;

/// <summary>The changes that wait for votes.</summary>
internal static class ApprovalsSheet
{
    public static Sheet Of(IReadOnlyList<ChangeView> waiting, string actor) => waiting.Count == 0
        ? new Sheet().Line("No change is waiting for votes.")
        : new Sheet()
            .Table(
                null,
                ["CHANGE", "PROCEDURE", "TARGET", "TIER", "ASKED BY", "WAITS FOR", "UNTIL", "YOU"],
                waiting.Select(view => new Cell[]
                {
                    view.Change.ChangeId,
                    Words.Procedure(view.Change.Procedure),
                    view.Change.Target.ToString(),
                    view.Change.Tier.ToString(),
                    view.Change.RequestedBy,
                    view.Approval is { } approval ? Words.Places(approval.Open) : "-",
                    view.Approval is { Until: var until } ? Words.At(until) : "-",
                    You(view, Actor.Subject(actor)),
                }))
            .Line("")
            .Line("Look at a plan with 'sop plan show CHG-…'; vote with 'sop approve CHG-…' or 'sop reject CHG-…'.");

    private static string You(ChangeView view, string subject) =>
        Actor.Same(view.Change.RequestedBy, subject) ? "requester"
        : view.Approval?.Votes.FirstOrDefault(vote => Actor.Same(vote.Voter, subject)) is { Role: var role } ? $"voted ({role})"
        : "may vote";
}
