using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>The canary's own topic: a partition for each broker, replicated as topics of records that count, and small.</summary>
internal static class CanaryTopic
{
    public const string Name = RollNames.CanaryTopic;

    /// <summary>What the worker's user needs for it.</summary>
    public const string Rights = $"Create, Describe, Write, Read, Alter and Delete on topic {Name}";

    private const int MostReplicas = 3;

    /// <summary>Makes it where it is missing, and gives it partitions where brokers have come; how many it has.</summary>
    public static async Task<int> EnsureAsync(IAdminClient client, TimeSpan limit)
    {
        int brokers = (await client.DescribeClusterAsync(new() { RequestTimeout = limit })).Nodes.Count;
        int partitions = await PartitionsAsync(client, limit);
        if (partitions == 0)
        {
            await CreateAsync(client, brokers, limit);
            return brokers;
        }

        if (partitions < brokers)
        {
            await client.CreatePartitionsAsync(
                [new() { Topic = Name, IncreaseTo = brokers }], new() { RequestTimeout = limit, OperationTimeout = limit });
            return brokers;
        }

        return partitions;
    }

    /// <summary>How many replicas its partitions have in a cluster of so many brokers, and its settings.</summary>
    public static (int Replicas, Dictionary<string, string> Settings) Wanted(int brokers)
    {
        int replicas = Math.Min(MostReplicas, brokers);
        return (replicas, new()
        {
            ["min.insync.replicas"] = $"{Math.Max(1, replicas - 1)}",
            ["cleanup.policy"] = "delete",
            ["retention.ms"] = $"{TimeSpan.FromHours(1).TotalMilliseconds}",
        });
    }

    /// <summary>Removes all records.</summary>
    public static async Task EmptyAsync(IAdminClient client, int partitions, TimeSpan limit) => await client.DeleteRecordsAsync(
        Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(Name, partition, Offset.End)),
        new() { RequestTimeout = limit, OperationTimeout = limit });

    private static async Task<int> PartitionsAsync(IAdminClient client, TimeSpan limit)
    {
        try
        {
            DescribeTopicsResult described = await client.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([Name]), new() { RequestTimeout = limit });
            return described.TopicDescriptions.Single().Partitions.Count;
        }
        catch (DescribeTopicsException e) when (e.Results.TopicDescriptions.Single().Error.Code == ErrorCode.UnknownTopicOrPart)
        {
            return 0;
        }
    }

    private static async Task CreateAsync(IAdminClient client, int brokers, TimeSpan limit)
    {
        (int replicas, Dictionary<string, string> settings) = Wanted(brokers);
        TopicSpecification topic = new()
        {
            Name = Name,
            NumPartitions = brokers,
            ReplicationFactor = (short)replicas,
            Configs = settings,
        };
        try
        {
            await client.CreateTopicsAsync([topic], new() { RequestTimeout = limit, OperationTimeout = limit });
        }
        catch (CreateTopicsException e) when (e.Results.TrueForAll(result => result.Error.Code is ErrorCode.TopicAlreadyExists))
        {
            // Another canary was quicker.
        }
    }
}
