using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Kafka;

/// <summary>A topic that is not available while one of its replicas restarts.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="ReplicationFactor">The smallest number of replicas of its partitions.</param>
/// <param name="MinInSync">Its effective min.insync.replicas.</param>
public sealed record TopicWithoutSpare(string Topic, int ReplicationFactor, int MinInSync)
{
    /// <summary>What becomes of it meanwhile, as a sentence without its full stop.</summary>
    [JsonIgnore]
    public string WhileOneRestarts => ReplicationFactor <= 1
        ? $"Topic {this} is offline for reads and writes while the only replica of a partition restarts"
        : $"Topic {this} accepts no writes while one of its replicas restarts";

    /// <summary><c>topic (replication factor 1, min ISR 1)</c>.</summary>
    public override string ToString() => $"{Topic} (replication factor {ReplicationFactor}, min ISR {MinInSync})";
}
