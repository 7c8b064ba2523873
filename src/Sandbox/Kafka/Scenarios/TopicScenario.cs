using System.Text.Json.Serialization;

namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>A topic that a cluster begins with, or many that are alike.</summary>
public sealed record TopicScenario
{
    /// <summary>Its name; of many, what their names begin with. Default: <c>topic</c>.</summary>
    public string Name { get; init; } = "topic";

    /// <summary>How many there are, with <c>-0</c>, <c>-1</c> and so on behind the name. Default: null, the one of that name.</summary>
    public int? Count { get; init; }

    /// <summary>How many partitions each has. Default: 6.</summary>
    public int Partitions { get; init; } = 6;

    /// <summary>How many replicas each partition has. Default: 3, or as many as there are brokers.</summary>
    [JsonPropertyName("rf")]
    public int? ReplicationFactor { get; init; }

    /// <summary>
    /// The brokers of each partition, the preferred leader first, instead of the two counts. Default: null, spread evenly.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>>? Assignment { get; init; }

    /// <summary>Its own settings, such as <c>min.insync.replicas</c>. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Replicas that do not fetch, as <c>PARTITION:BROKER</c>: they are out of sync until a fault lets them fetch again. Where one of
    /// them would lead, another replica does. Default: none.
    /// </summary>
    public IReadOnlyList<string> OutOfSync { get; init; } = [];

    /// <summary>How many records producers write to each partition in one second, with acks=all. Default: 0.</summary>
    public double RecordsPerSecond { get; init; }

    /// <summary>The size of such a record. Default: 1,000 bytes.</summary>
    public long RecordBytes { get; init; } = 1_000;

    /// <summary>What each partition holds from the start, in bytes. Default: 0.</summary>
    public long Bytes { get; init; }
}
