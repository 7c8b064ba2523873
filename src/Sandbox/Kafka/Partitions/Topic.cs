namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>A topic.</summary>
internal sealed class Topic(string name)
{
    public const string MinInSync = "min.insync.replicas";

    public string Name { get; } = name;

    public Guid Id { get; } = Guid.NewGuid();

    public List<Partition> Partitions { get; } = [];

    /// <summary>Its own settings.</summary>
    public Dictionary<string, string> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>How many records producers write to each partition in one second, all of them with acks=all.</summary>
    public double RecordsPerSecond { get; set; }

    /// <summary>The size of such a record.</summary>
    public long RecordBytes { get; set; } = 1_000;

    /// <summary>What each partition held from the start.</summary>
    public long Bytes { get; set; }

    /// <summary>The most that a partition keeps; null: all.</summary>
    public long? RetentionBytes =>
        Settings.TryGetValue("retention.bytes", out string? value) && long.TryParse(value, out long bytes) && bytes >= 0 ? bytes : null;
}
