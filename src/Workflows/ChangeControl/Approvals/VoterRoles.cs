namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Who has which role.</summary>
/// <param name="Everybody">Roles that everybody has.</param>
/// <param name="Named">Roles of named people, subject without <c>unverified:</c>.</param>
public sealed record VoterRoles(IReadOnlyList<string> Everybody, IReadOnlyList<VoterRoles.Entry> Named)
{
    /// <summary>The roles of one person, sorted.</summary>
    public IReadOnlyList<string> Of(string subject) =>
        [.. Everybody.Concat(Named.Where(entry => entry.Subject == subject).SelectMany(entry => entry.Roles)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>One person's roles.</summary>
    /// <param name="Subject">The person.</param>
    /// <param name="Roles">The roles.</param>
    public sealed record Entry(string Subject, IReadOnlyList<string> Roles);
}
