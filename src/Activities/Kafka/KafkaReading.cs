namespace Orchestrator.Activities.Kafka;

/// <summary>What a Kafka cluster's metadata says at one moment.</summary>
/// <param name="AnsweredBy">The broker that answered: another may know more, or less.</param>
/// <param name="BrokerIds">The brokers that are registered and not fenced, in ascending order.</param>
/// <param name="Topics">All topics, by name.</param>
public sealed record KafkaReading(int AnsweredBy, IReadOnlyList<int> BrokerIds, IReadOnlyList<TopicReading> Topics)
{
    /// <summary>Which cluster the brokers say that they are.</summary>
    public string? ClusterId { get; init; }

    /// <summary>The same, with who may lead the partitions that have no leader.</summary>
    public KafkaReading With(IReadOnlyList<EligibleLeadersReading> eligible)
    {
        Dictionary<(string, int), IReadOnlyList<int>> byPartition = eligible.ToDictionary(
            each => (each.Topic, each.Partition), each => each.Eligible);
        return this with
        {
            Topics =
            [
                .. Topics.Select(topic => topic with
                {
                    Partitions =
                    [
                        .. topic.Partitions.Select(partition => partition.IsOffline
                            ? partition with { Eligible = byPartition.GetValueOrDefault((partition.Topic, partition.Partition)) }
                            : partition),
                    ],
                }),
            ],
        };
    }
}
