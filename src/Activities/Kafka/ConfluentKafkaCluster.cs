using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Activities.Kafka.Wire;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Kafka clusters through Confluent.Kafka, and through a connection of our own for the three questions that it lacks.</summary>
internal sealed class ConfluentKafkaCluster(AdminCalls calls, WireCalls wire, KafkaCanary canary) : IKafkaCluster
{
    private const string MinInSyncReplicas = "min.insync.replicas";

    private static readonly string[] Throttles = ["leader.replication.throttled.replicas", "follower.replication.throttled.replicas"];

    // The answer for one topic is some 2 KB, as it holds all of the topic's settings.
    private const int TopicsPerRequest = 200;
    private const int RequestsAtATime = 4;

    // Each is a connection of its own.
    private const int BrokersAtATime = 16;

    // Topics come and go between the two halves of a reading.
    private const int Attempts = 3;

    private TimeSpan Limit => calls.Limit;

    /// <inheritdoc/>
    public Task<KafkaReading> ReadAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        string source = $"topics through {address.BootstrapServers}";
        return calls.ReadAsync(
            address,
            source,
            KafkaDenials.DescribeTopics,
            (client, limit) => ReadAsync(client, source, limit, cancellationToken),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> ReadClusterIdAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        calls.ReadAsync(
            address, $"cluster id through {address.BootstrapServers}", KafkaDenials.DescribeCluster, ReadClusterIdAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        calls.RunAsync(
            address, $"preferred leaders through {address.BootstrapServers}", KafkaDenials.AlterCluster, ElectAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<QuorumReading> ReadQuorumAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        wire.RunAsync(
            address,
            $"quorum through {address.BootstrapServers}",
            KafkaDenials.DescribeCluster,
            QuorumQuestion.AskAsync,
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EligibleLeadersReading>?> ReadEligibleLeadersAsync(
        KafkaAddress address, CancellationToken cancellationToken) =>
        wire.RunAsync(
            address,
            $"eligible leaders through {address.BootstrapServers}",
            KafkaDenials.DescribeTopics,
            EligibleLeadersQuestion.AskAsync,
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiskSnapshot>> ReadDisksAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Id, string Address)> brokers = await calls.ReadAsync(
            address, $"brokers through {address.BootstrapServers}", KafkaDenials.DescribeCluster, BrokersAsync, cancellationToken);
        ConcurrentBag<DiskSnapshot> disks = [];
        await Parallel.ForEachAsync(
            brokers,
            new ParallelOptions { MaxDegreeOfParallelism = BrokersAtATime, CancellationToken = cancellationToken },
            async (broker, token) => disks.Add(await ReadDiskAsync(address, broker, token)));
        return [.. disks.OrderBy(disk => disk.Broker)];
    }

    /// <inheritdoc/>
    public Task<KafkaCanaryResult> RunCanaryAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        canary.RunAsync(address, cancellationToken);

    // Each tells of its own log folders alone. A broker that is fenced is not among them.
    private static async Task<IReadOnlyList<(int Id, string Address)>> BrokersAsync(IAdminClient client, TimeSpan limit) =>
        [
            .. (await client.DescribeClusterAsync(new() { RequestTimeout = limit })).Nodes
                .Select(node => (node.Id, $"{node.Host}:{node.Port}")),
        ];

    private static async Task<string> ReadClusterIdAsync(IAdminClient client, TimeSpan limit) =>
        (await client.DescribeClusterAsync(new() { RequestTimeout = limit })).ClusterId;

    private Task<DiskSnapshot> ReadDiskAsync(KafkaAddress address, (int Id, string Address) broker, CancellationToken cancellationToken) =>
        wire.RunAsync(
            address with { BootstrapServers = broker.Address },
            $"log folders of broker {broker.Id}",
            KafkaDenials.DescribeCluster,
            (connection, token) => LogFoldersQuestion.AskAsync(connection, broker.Id, token),
            cancellationToken);

    private static async Task<KafkaReading> ReadAsync(
        IAdminClient client, string source, TimeSpan limit, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            // One request for all topics: the whole answer is what one broker knew at one moment.
            Metadata metadata = client.GetMetadata(limit);
            cancellationToken.ThrowIfCancellationRequested();
            TopicMetadata? failed = metadata.Topics.Find(topic => topic.Error.IsError);
            Dictionary<string, (int MinInSync, bool Throttled)>? settings =
                failed is null ? await ReadSettingsOfAsync(client, source, metadata.Topics, limit, cancellationToken) : null;
            if (settings is not null)
            {
                return new KafkaReading(
                    metadata.OriginatingBrokerId,
                    [.. metadata.Brokers.Select(broker => broker.BrokerId).Order()],
                    [
                        .. metadata.Topics
                            .Select(topic => Read(topic, settings[topic.Topic]))
                            .OrderBy(topic => topic.Name, StringComparer.Ordinal),
                    ])
                {
                    ClusterId = await ReadClusterIdAsync(client, limit),
                };
            }

            if (attempt == Attempts)
            {
                throw failed is null
                    ? new KafkaUnreadableException(source, $"topics were created or deleted during each of {Attempts} attempts.")
                    : KafkaUnreadableException.Of(
                        source, $"topic {failed.Topic}: {failed.Error.Reason}.", failed.Error.Code, $"Describe on topic {failed.Topic}");
            }
        }
    }

    /// <summary>The effective settings of each topic; null where a topic is no longer there.</summary>
    private static async Task<Dictionary<string, (int MinInSync, bool Throttled)>?> ReadSettingsOfAsync(
        IAdminClient client,
        string source,
        IReadOnlyList<TopicMetadata> topics,
        TimeSpan limit,
        CancellationToken cancellationToken)
    {
        Dictionary<string, (int MinInSync, bool Throttled)> values = new(topics.Count, StringComparer.Ordinal);
        foreach (string[][] round in topics.Select(topic => topic.Topic).Chunk(TopicsPerRequest).Chunk(RequestsAtATime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<DescribeConfigsReport>[] reports = await Task.WhenAll(round.Select(names => DescribeAsync(client, names, limit)));
            foreach (DescribeConfigsReport topic in reports.SelectMany(report => report))
            {
                string name = topic.ConfigResource.Name;
                if (topic.Error.Code == ErrorCode.UnknownTopicOrPart)
                {
                    return null;
                }

                values[name] = topic.Error.IsError
                    ? throw KafkaUnreadableException.Of(
                        source, $"settings of topic {name}: {topic.Error.Reason}.", topic.Error.Code, $"DescribeConfigs on topic {name}")
                    : topic.Entries.TryGetValue(MinInSyncReplicas, out ConfigEntryResult? entry) && int.TryParse(entry.Value, out int value)
                        ? (value, Throttles.Any(name => IsSet(topic, name)))
                        : throw new KafkaUnreadableException(source, $"the settings of topic {name} have no {MinInSyncReplicas}.");
            }
        }

        return values;
    }

    private static bool IsSet(DescribeConfigsReport topic, string name) =>
        topic.Entries.TryGetValue(name, out ConfigEntryResult? entry) && !string.IsNullOrEmpty(entry.Value);

    private static async Task<IReadOnlyList<DescribeConfigsReport>> DescribeAsync(
        IAdminClient client, IReadOnlyList<string> topics, TimeSpan limit)
    {
        try
        {
            List<DescribeConfigsResult> results = await client.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }),
                new DescribeConfigsOptions { RequestTimeout = limit });
            return
            [
                .. results.Select(result => new DescribeConfigsReport
                {
                    ConfigResource = result.ConfigResource,
                    Entries = result.Entries,
                    Error = new Error(ErrorCode.NoError),
                }),
            ];
        }
        catch (DescribeConfigsException e)
        {
            return e.Results;
        }
    }

    private static TopicReading Read(TopicMetadata topic, (int MinInSync, bool Throttled) settings) => new(
        topic.Topic,
        settings.MinInSync,
        [
            .. topic.Partitions
                .Select(partition => new PartitionSnapshot(
                    topic.Topic,
                    partition.PartitionId,
                    partition.Leader < 0 ? null : partition.Leader,
                    partition.Replicas,
                    partition.InSyncReplicas,
                    settings.MinInSync))
                .OrderBy(partition => partition.Partition),
        ])
    {
        Throttled = settings.Throttled,
    };

    private async Task<int> ElectAsync(IAdminClient client)
    {
        IReadOnlyList<TopicPartitionError> partitions;
        try
        {
            partitions = (await client.ElectLeadersAsync(
                ElectionType.Preferred,
                null,
                new ElectLeadersOptions { RequestTimeout = Limit, OperationTimeout = Limit })).TopicPartitions;
        }
        catch (ElectLeadersException e) when (e.Error.Code == ErrorCode.Local_Partial)
        {
            // Where the preferred replica is out of sync, there is no election; everywhere else it took place.
            partitions = e.Results.TopicPartitions;
        }

        return partitions.Count(partition => partition.Error.Code == ErrorCode.NoError);
    }
}
