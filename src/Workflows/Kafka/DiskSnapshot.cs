using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Kafka;

/// <summary>The volume of a broker's log folder.</summary>
/// <param name="Broker">The broker.</param>
/// <param name="Folder">The log folder; null where the broker does not report how full any is, as before Kafka 3.3.</param>
/// <param name="TotalBytes">The size of the volume.</param>
/// <param name="UsableBytes">What the broker may still write there.</param>
public sealed record DiskSnapshot(int Broker, string? Folder, long TotalBytes, long UsableBytes)
{
    /// <summary>How much of the volume is used, in percent.</summary>
    [JsonIgnore]
    public double UsedPercent => Folder is null ? 0 : 100.0 * (TotalBytes - UsableBytes) / TotalBytes;

    /// <summary>The volumes of a broker that does not report them.</summary>
    public static DiskSnapshot Untold(int broker) => new(broker, null, 0, 0);
}
