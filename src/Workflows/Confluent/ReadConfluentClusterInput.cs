using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Confluent;

/// <summary>Which Kafka cluster to read.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource; its controllers are those that the resource names.</param>
public sealed record ReadConfluentClusterInput(ChangeTarget Target, string Name)
{
    /// <summary>Whether Kafka itself is read as well, at the same moment.</summary>
    public bool WithKafka { get; init; }

    /// <summary>
    /// So many readings are taken, the last is the answer; one in which Kafka is not whole ends it. Default: 1. More than one asks for
    /// <see cref="WithKafka"/>.
    /// </summary>
    public int Samples { get; init; } = 1;

    /// <summary>The time between two readings.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan Every { get; init; }
}
