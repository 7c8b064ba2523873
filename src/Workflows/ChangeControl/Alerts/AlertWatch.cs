using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Which alerts a change looks out for while it runs.</summary>
/// <param name="Reach">The namespaces and nodes that it may disturb.</param>
/// <param name="Known">Fingerprints of the alerts that fired before it, or that a person has seen since; null before the first
/// reading.</param>
/// <param name="UnreadIsKnown">Whether a person has seen that they cannot be read.</param>
public sealed record AlertWatch(BlastRadius Reach, IReadOnlyList<string>? Known = null, bool UnreadIsKnown = false)
{
    private const int Named = 10;

    /// <summary>
    /// Alerts that began by then are known as well: a reading lists only the newest, and those that it left out began no later. Null where
    /// every reading listed all.
    /// </summary>
    public DateTimeOffset? KnownUntil { get; init; }

    /// <summary>What a reading says against going on; null where nothing does.</summary>
    public string? Against(AlertReading reading)
    {
        if (reading.Unread is { } reason)
        {
            return UnreadIsKnown ? null : $"Could not read whether critical alerts are firing: {reason}";
        }

        List<CriticalAlert> begun = [.. Known is null ? [] : reading.Critical.Where(IsNew)];
        if (begun.Count == 0)
        {
            return null;
        }

        // Where all that are listed are new, some of the others may be.
        string count = $"{(begun.Count == reading.Critical.Count && reading.Unlisted > 0 ? "At least " : "")}{begun.Count}";
        string more = begun.Count > Named ? $"; and {begun.Count - Named} more" : "";
        return $"{count} critical alert{(begun.Count == 1 ? "" : "s")} started during the change: "
            + $"{string.Join("; ", begun.Take(Named))}{more}.";
    }

    /// <summary>The same once a person has seen a reading, or where nothing in it spoke against going on.</summary>
    public AlertWatch Seen(AlertReading reading) => reading.Unread is not null
        ? this with { UnreadIsKnown = true }
        : this with
        {
            Known = [.. (Known ?? []).Union(reading.Critical.Select(alert => alert.Fingerprint)).Order(StringComparer.Ordinal)],
            UnreadIsKnown = false,
            KnownUntil = reading.Unlisted > 0 ? Later(KnownUntil, reading.Critical.Min(alert => alert.Since)) : KnownUntil,
        };

    private bool IsNew(CriticalAlert alert) => !Known!.Contains(alert.Fingerprint) && !(alert.Since <= KnownUntil);

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;
}
