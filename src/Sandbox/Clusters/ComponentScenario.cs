namespace Orchestrator.Sandbox.Clusters;

/// <summary>What a <c>Kafka</c> or <c>KRaftController</c> resource in the box says beside its size and its version.</summary>
public sealed record ComponentScenario
{
    /// <summary>
    /// Annotations that are on it once it runs, such as a <c>platform.confluent.io/block-reconcile</c> that somebody left. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>The annotations of its pods, <c>kafkacluster-manual-roll</c> among them. Default: none.</summary>
    public IReadOnlyDictionary<string, string> PodAnnotations { get; init; } = new Dictionary<string, string>();

    /// <summary>What each of its pods asks a node for, as <c>cpu: 500m</c>. Default: 500m and 1Gi.</summary>
    public IReadOnlyDictionary<string, string> Requests { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal) { ["cpu"] = "500m", ["memory"] = "1Gi" };

    /// <summary>The size of its volumes. Default: <c>10Gi</c>.</summary>
    public string VolumeCapacity { get; init; } = "10Gi";

    /// <summary>Lines of the servers' configuration, as <c>min.insync.replicas: 2</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> ServerSettings { get; init; } = new Dictionary<string, string>();
}
