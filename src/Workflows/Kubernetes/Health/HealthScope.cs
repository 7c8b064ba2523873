using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>What a section of a health check reads, and what counts as wrong.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Namespaces">The namespaces whose objects are read.</param>
public sealed record HealthScope(ChangeTarget Target, IReadOnlyList<string> Namespaces)
{
    /// <summary>So many restarts of a pod within <see cref="RestartWindow"/> are a finding. Default: 3.</summary>
    public int RestartThreshold { get; init; } = 3;

    /// <summary>The time in which restarts are counted. Default: 1 hour.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan RestartWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A pod or a claim that is Pending for longer is a finding. Default: 5 minutes.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan PendingAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old an event may be. Default: 1 hour.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan EventWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A certificate that ends sooner is a finding. Default: 30 days.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan CertWarn { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many findings are listed; the rest is counted. Default: 200.</summary>
    public int MaxFindings { get; init; } = 200;

    /// <summary>How often pods had restarted when the last report was made, by <c>namespace/name</c>.</summary>
    public IReadOnlyDictionary<string, long> RestartsBefore { get; init; } = new Dictionary<string, long>();

    /// <summary>When that report was made; null where there is none, or where it is older than <see cref="RestartWindow"/>.</summary>
    public DateTimeOffset? CountedAt { get; init; }
}
