namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>The alerts that were told of, by their labels. Not safe for threads.</summary>
internal sealed class Alerts(TimeProvider clock, Silences silences)
{
    /// <summary><c>resolve_timeout</c>: an alert that does not say when it ends, and is not told again, ends then.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(5);

    private readonly SortedDictionary<string, Alert> _alerts = new(StringComparer.Ordinal);

    /// <summary>Takes in what a Prometheus tells.</summary>
    /// <exception cref="FormatException">An alert is not one; the others are taken in.</exception>
    public void Post(IEnumerable<PostedAlert> posted)
    {
        List<string> mistakes = [];
        foreach (PostedAlert each in posted)
        {
            // Labels without a value are as good as not there.
            SortedDictionary<string, string> labels = Sorted((each.Labels ?? []).Where(label => label.Value.Length > 0));
            DateTimeOffset now = clock.GetUtcNow();
            Alert alert = new(
                labels,
                Sorted(each.Annotations ?? []),
                each.StartsAt ?? each.EndsAt ?? now,
                each.EndsAt ?? now + Forgotten,
                each.EndsAt is null,
                now,
                each.GeneratorURL);
            if (labels.Count == 0)
            {
                mistakes.Add("at least one label pair required");
            }
            else if (alert.EndsAt < alert.StartsAt)
            {
                mistakes.Add("start time must be before end time");
            }
            else
            {
                string key = Fingerprint.Of(labels);
                _alerts[key] = _alerts.TryGetValue(key, out Alert? known) && Overlap(known, alert) ? Merge(known, alert, now) : alert;
            }
        }

        if (mistakes.Count > 0)
        {
            throw new FormatException(string.Join("; ", mistakes));
        }
    }

    /// <summary>The alerts that fire, by fingerprint.</summary>
    public IReadOnlyList<ShownAlert> Get(IReadOnlyList<LabelMatcher> filter, bool active, bool silenced)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return
        [
            .. from entry in _alerts
               let alert = entry.Value
               where alert.EndsAt >= now && filter.All(matcher => matcher.Matches(alert.Labels))
               let silencedBy = silences.Of(alert.Labels)
               where silencedBy.Count > 0 ? silenced : active
               select new ShownAlert(
                   alert.Annotations,
                   alert.EndsAt,
                   entry.Key,
                   [new("none")],
                   alert.StartsAt,
                   new([], silencedBy, silencedBy.Count > 0 ? "suppressed" : "active"),
                   alert.UpdatedAt,
                   alert.GeneratorURL,
                   alert.Labels),
        ];
    }

    private static SortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.ToDictionary(), StringComparer.Ordinal);

    private static bool Overlap(Alert known, Alert told) => (told.EndsAt > known.StartsAt && told.EndsAt < known.EndsAt)
        || (told.StartsAt > known.StartsAt && told.StartsAt < known.EndsAt)
        || (told.StartsAt <= known.StartsAt && told.EndsAt >= known.EndsAt)
        || told.StartsAt == known.StartsAt;

    // It began when it was first told of; of two ends, one that was said goes before one that was reckoned.
    private static Alert Merge(Alert known, Alert told, DateTimeOffset now)
    {
        bool isResolved = told.EndsAt <= now;
        bool keepsEnd = isResolved ? known.EndsAt <= now && known.EndsAt > told.EndsAt : known.EndsAt > told.EndsAt && !known.IsTimeout;
        return told with
        {
            StartsAt = known.StartsAt < told.StartsAt ? known.StartsAt : told.StartsAt,
            EndsAt = keepsEnd ? known.EndsAt : told.EndsAt,
        };
    }

    private sealed record Alert(
        IReadOnlyDictionary<string, string> Labels,
        IReadOnlyDictionary<string, string> Annotations,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt,
        bool IsTimeout,
        DateTimeOffset UpdatedAt,
        string? GeneratorURL);
}
