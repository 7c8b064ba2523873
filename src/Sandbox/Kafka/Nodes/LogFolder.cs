namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>A log folder of a broker on a volume of its own.</summary>
internal sealed class LogFolder(string path, long totalBytes, long otherBytes)
{
    public string Path { get; } = path;

    public long TotalBytes { get; } = totalBytes;

    /// <summary>What is on the volume beside the partitions.</summary>
    public long OtherBytes { get; set; } = otherBytes;

    /// <summary>Whether the broker has given it up, until it starts again.</summary>
    public bool HasFailed { get; set; }

    /// <summary>Whether it would fail again.</summary>
    public bool IsBroken { get; set; }
}
