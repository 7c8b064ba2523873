namespace Orchestrator.Activities.Kafka;

/// <summary>What a Kafka cluster's metadata says at one moment.</summary>
/// <param name="AnsweredBy">The broker that answered: another may know more, or less.</param>
/// <param name="BrokerIds">The brokers that are registered and not fenced, in ascending order.</param>
/// <param name="Topics">All topics, by name.</param>
public sealed record KafkaReading(int AnsweredBy, IReadOnlyList<int> BrokerIds, IReadOnlyList<TopicReading> Topics);
