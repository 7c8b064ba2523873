namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Names of those who ask and vote. Nobody can vouch for a name yet, so each says that of itself: <c>unverified:NAME</c>.
/// </summary>
public static class Actor
{
    /// <summary>The prefix of an unverified name.</summary>
    public const string UnverifiedPrefix = "unverified:";

    /// <summary>
    /// Tells whether two names, with <see cref="UnverifiedPrefix"/> or without, are of one person, however they are spelled.
    /// </summary>
    public static IEqualityComparer<string> Comparer { get; } = new Spelling();

    /// <summary>The name behind an actor, without <see cref="UnverifiedPrefix"/>, as it is shown.</summary>
    public static string Subject(string actor) =>
        actor.StartsWith(UnverifiedPrefix, StringComparison.Ordinal) ? actor[UnverifiedPrefix.Length..] : actor;

    /// <summary>Whether two actors are one person: their names are the same, upper and lower case aside.</summary>
    public static bool Same(string? a, string? b) => a is not null && b is not null && Key(a) == Key(b);

    /// <summary>What the spellings of one person's name have in common; for ids, and never shown.</summary>
    public static string Key(string actor) => Subject(actor).ToUpperInvariant().ToLowerInvariant();

    /// <summary>
    /// Whether an actor has the prefix of unverified names, and a name. A bare name does not count: it would pass for a verified
    /// one.
    /// </summary>
    public static bool IsUnverified(string? actor) => Fault(actor) is null;

    /// <summary>
    /// What is wrong with an unverified actor, as the rest of a sentence that begins with it; null where nothing is.
    /// </summary>
    public static string? Fault(string? actor) =>
        actor is null || !actor.StartsWith(UnverifiedPrefix, StringComparison.Ordinal) || actor.Length == UnverifiedPrefix.Length
            ? $"must be '{UnverifiedPrefix}' and a name; signed statements are not accepted yet"
            : SubjectName.Fault(actor[UnverifiedPrefix.Length..]);

    private sealed class Spelling : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null ? y is null : Same(x, y);

        public int GetHashCode(string obj) => Key(obj).GetHashCode(StringComparison.Ordinal);
    }
}
