using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Names of those who ask and vote. Nobody can vouch for a name yet, so each says that of itself: <c>unverified:NAME</c>.
/// </summary>
public static partial class Actor
{
    /// <summary>The prefix of a name that nobody vouches for.</summary>
    public const string UnverifiedPrefix = "unverified:";

    /// <summary>The name behind an actor, without <see cref="UnverifiedPrefix"/>.</summary>
    public static string Subject(string actor) =>
        actor.StartsWith(UnverifiedPrefix, StringComparison.Ordinal) ? actor[UnverifiedPrefix.Length..] : actor;

    /// <summary>
    /// Whether an actor says of itself that nobody vouches for it, and names somebody. A bare name is none: it would pass for a verified
    /// one.
    /// </summary>
    public static bool IsUnverified(string? actor) => actor is not null && UnverifiedPattern().IsMatch(actor);

    [GeneratedRegex(@"^unverified:[^\s:]{1,200}\z")]
    private static partial Regex UnverifiedPattern();
}
