namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>Which notices go where.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Events">The types that it takes; <c>change.*</c> takes all that begin with <c>change.</c>. Empty: all.</param>
/// <param name="AtLeast">The least severity that it takes.</param>
/// <param name="Teams">The teams whose notices it takes. Empty: those of all teams and of none.</param>
/// <param name="Channels">The channels, in the order in which they are tried.</param>
public sealed record NotificationRoute(
    string Name,
    IReadOnlyList<string> Events,
    NotificationSeverity AtLeast,
    IReadOnlyList<string> Teams,
    IReadOnlyList<string> Channels)
{
    /// <summary>Whether it takes this notice.</summary>
    public bool Takes(NotificationEvent notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return notice.Route is { } route ? route.Equals(Name, StringComparison.OrdinalIgnoreCase) : notice.Severity >= AtLeast
            && (Events.Count == 0 || Events.Any(pattern => Fits(pattern, notice.Type)))
            && (Teams.Count == 0 || (notice.Team is { } team && Teams.Contains(team, StringComparer.OrdinalIgnoreCase)));
    }

    private static bool Fits(string pattern, string type) => pattern.EndsWith('*')
        ? type.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern == type;
}
