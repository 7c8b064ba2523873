namespace Orchestrator.Activities.Kafka;

/// <summary>What a Kafka cluster's metadata says at one moment.</summary>
/// <param name="BrokerIds">The brokers that are registered and not fenced, in ascending order.</param>
/// <param name="Topics">All topics, by name.</param>
public sealed record KafkaReading(IReadOnlyList<int> BrokerIds, IReadOnlyList<TopicReading> Topics);
