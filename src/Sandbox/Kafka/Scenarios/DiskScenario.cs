namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>The volumes of each broker.</summary>
public sealed record DiskScenario
{
    /// <summary>How many log folders a broker has, each on a volume of its own. Default: 1.</summary>
    public int Folders { get; init; } = 1;

    /// <summary>The size of a volume. Default: 100 GiB.</summary>
    public long TotalBytes { get; init; } = 100L << 30;

    /// <summary>What is on a volume beside the partitions. Default: 0.</summary>
    public long OtherBytes { get; init; }
}
