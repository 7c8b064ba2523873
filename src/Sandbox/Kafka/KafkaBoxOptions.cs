using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>What a Kafka cluster in the box begins with.</summary>
public sealed class KafkaBoxOptions
{
    /// <summary>The port on 127.0.0.1. Default: 0, a free one.</summary>
    public int Port { get; set; }

    /// <summary>The cluster. Default: three brokers and three controllers, without topics.</summary>
    public KafkaScenario Scenario { get; set; } = new();

    /// <summary>The clock that the cluster lives by. Default: the wall clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;
}
