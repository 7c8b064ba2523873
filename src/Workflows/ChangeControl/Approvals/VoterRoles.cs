namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Who has which role.</summary>
/// <param name="Everybody">Roles that everybody has.</param>
/// <param name="Named">Roles of named people, subject without <c>unverified:</c>; upper and lower case make no difference.</param>
public sealed record VoterRoles(IReadOnlyList<string> Everybody, IReadOnlyList<VoterRoles.Entry> Named)
{
    /// <summary>The role that reads everything and votes never.</summary>
    public const string Auditor = "auditor";

    /// <summary>The roles of one person, sorted.</summary>
    public IReadOnlyList<string> Of(string subject) =>
        [
            .. Everybody
                .Concat(Named.Where(entry => Actor.Same(entry.Subject, subject)).SelectMany(entry => entry.Roles))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The roles in which one person may vote, sorted: none for an <see cref="Auditor"/>, whatever else they are.</summary>
    public IReadOnlyList<string> VotingRolesOf(string subject) => Of(subject) is var roles && roles.Contains(Auditor) ? [] : roles;

    /// <summary>How many people have a role; <see cref="int.MaxValue"/> where everybody has it.</summary>
    public int PeopleIn(string role) =>
        Everybody.Contains(role)
            ? int.MaxValue
            : Named.Where(entry => entry.Roles.Contains(role)).Select(entry => entry.Subject).Distinct(Actor.Comparer).Count();

    /// <summary>One person's roles.</summary>
    /// <param name="Subject">The person.</param>
    /// <param name="Roles">The roles.</param>
    public sealed record Entry(string Subject, IReadOnlyList<string> Roles);
}
