using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What a roll restarts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RollComponent>))]
public enum RollComponent
{
    /// <summary>The brokers.</summary>
    Brokers,

    /// <summary>The KRaft controllers.</summary>
    Controllers,

    /// <summary>The controllers, and then the brokers.</summary>
    Both,
}
