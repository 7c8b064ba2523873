using Orchestrator.Workflows.Assessments;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>A Warning event.</summary>
/// <param name="Reason">Its reason, such as <c>FailedScheduling</c>.</param>
/// <param name="Object">What it is about, such as <c>Pod kafka/broker-0</c>.</param>
/// <param name="Message">What it says.</param>
/// <param name="Count">How often it happened.</param>
/// <param name="LastSeen">When it last did.</param>
public sealed record EventSeen(string Reason, string Object, string Message, int Count, DateTimeOffset LastSeen);

/// <summary>Groups events by reason and object, in memory that does not grow with their number but with that of the groups.</summary>
/// <param name="since">Older ones do not count.</param>
public sealed class EventGroups(DateTimeOffset since)
{
    private readonly Dictionary<(string Reason, string Object), EventSeen> _groups = [];

    /// <summary>How many there are.</summary>
    public int Count => _groups.Count;

    /// <summary>Takes an event in.</summary>
    public void Add(EventSeen seen)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.LastSeen < since)
        {
            return;
        }

        (string, string) key = (seen.Reason, seen.Object);
        _groups[key] = !_groups.TryGetValue(key, out EventSeen? known) ? seen
            : (seen.LastSeen > known.LastSeen ? seen : known) with { Count = known.Count + seen.Count };
    }

    /// <summary>One finding a group, the newest first. They are symptoms, and make no verdict.</summary>
    public IEnumerable<Finding> Findings() => _groups.Values.OrderByDescending(group => group.LastSeen).Select(group => new Finding(
        HealthCodes.WarningEvents,
        FindingSeverity.Info,
        $"{group.Object} {group.Reason}",
        $"{group.Object}: {group.Reason}, {group.Count} times, last at {group.LastSeen:u}: {group.Message.TrimEnd('.')}."));
}
