using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How long a run waits for a person, and what then. Pure.</summary>
/// <param name="Tier">The tier of the change.</param>
/// <param name="Limit">The limit of the tier; null where it has none.</param>
/// <param name="Roles">Who has which role.</param>
internal sealed record PauseRule(ChangeTier Tier, TimeSpan? Limit, VoterRoles? Roles)
{
    private static readonly string[] Deciding = ["on-call-primary", "team-lead"];

    /// <summary>Whether the run is ended then, and undone; others stay as they are until somebody decides.</summary>
    public bool Ends => Tier == ChangeTier.T1;

    /// <summary>What is said then of a run that stays.</summary>
    public string Overdue() => $"Nobody has decided for {Limit!.Value.TotalMinutes:0.#} min, the limit of tier {Tier}. "
        + $"Waits for a decision by {string.Join(", then ", Deciding.Select(People))}.";

    private string People(string role)
    {
        List<string> people = [.. (Roles?.Named ?? []).Where(entry => entry.Roles.Contains(role)).Select(entry => entry.Subject)];
        return $"{role} ({(people.Count == 0 ? "nobody has that role" : string.Join(", ", people))})";
    }
}
