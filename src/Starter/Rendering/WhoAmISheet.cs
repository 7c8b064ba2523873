namespace Orchestrator.Starter.Rendering;

/// <summary>Who acts, and what they may do.</summary>
internal static class WhoAmISheet
{
    public static Sheet Of(WhoAmI who) => new Sheet()
        .Facts(("You", who.Subject), ("", who.Standing), ("Roles", Words(who.Roles)))
        .Table(
            "You may",
            ["PROCEDURE", "TIER", "REQUEST", "APPROVE AS", "CONTROL YOUR OWN", "CONTROL OTHERS'"],
            who.Procedures.Select(rights => new Cell[]
            {
                rights.Procedure,
                rights.Tier.ToString(),
                rights.Request ? "yes" : "no",
                Words(rights.Approve),
                Words(rights.ControlOwn),
                Words(rights.ControlOthers),
            }));

    private static string Words(IReadOnlyList<string> words) => words.Count == 0 ? "-" : string.Join(", ", words);
}
