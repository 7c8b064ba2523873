using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Which alerts a change looks out for while it runs.</summary>
/// <param name="Reach">The namespaces and nodes that it may disturb.</param>
/// <param name="Known">Fingerprints of the alerts that fired before it, or that a person has seen since; null before the first reading.</param>
/// <param name="UnreadIsKnown">Whether a person has seen that they cannot be read.</param>
public sealed record AlertWatch(BlastRadius Reach, IReadOnlyList<string>? Known = null, bool UnreadIsKnown = false)
{
    /// <summary>What a reading says against going on; null where nothing does.</summary>
    public string? Against(AlertReading reading)
    {
        if (reading.Unread is { } reason)
        {
            return UnreadIsKnown ? null : $"Whether critical alerts fire could not be read: {reason}";
        }

        List<CriticalAlert> begun = [.. Known is null ? [] : reading.Critical.Where(alert => !Known.Contains(alert.Fingerprint))];
        return begun.Count == 0 ? null : $"{begun.Count} critical alert{(begun.Count == 1 ? "" : "s")} began while it ran: {string.Join("; ", begun.Take(ShortList.Named))}{(begun.Count > ShortList.Named ? $"; and {begun.Count - ShortList.Named} more" : "")}.";
    }

    /// <summary>The same once a person has seen a reading, or where nothing in it spoke against going on.</summary>
    public AlertWatch Seen(AlertReading reading) => reading.Unread is not null
        ? this with { UnreadIsKnown = true }
        : new(Reach, [.. (Known ?? []).Union(reading.Critical.Select(alert => alert.Fingerprint)).Order(StringComparer.Ordinal)]);
}
