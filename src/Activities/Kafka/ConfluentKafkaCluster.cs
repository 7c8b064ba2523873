using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Orchestrator.Activities.Kafka.Wire;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Kafka clusters through Confluent.Kafka, and through a connection of our own for what it cannot ask.</summary>
internal sealed class ConfluentKafkaCluster(AdminCalls calls, WireCalls wire) : IKafkaCluster
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
        return calls.RunAsync(address, source, client => ReadAsync(client, source, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string> ReadClusterIdAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        calls.RunAsync(address, $"cluster id through {address.BootstrapServers}", ReadClusterIdAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        calls.RunAsync(address, $"preferred leaders through {address.BootstrapServers}", ElectAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ConsumerGroupReading>> ReadGroupsAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        string source = $"consumer groups through {address.BootstrapServers}";
        return calls.RunAsync(address, source, client => new GroupReader(client, source, Limit).ReadAsync(cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SettingsReading>> ReadSettingsAsync(
        KafkaAddress address, IReadOnlyList<int> brokerIds, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        string source = $"settings through {address.BootstrapServers}";
        return calls.RunAsync(address, source, client => new SettingsReader(client, source, Limit).ReadAsync(brokerIds, topics), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<QuorumReading> ReadQuorumAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        wire.RunAsync(address, $"quorum through {address.BootstrapServers}", QuorumQuestion.AskAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EligibleLeadersReading>?> ReadEligibleLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        wire.RunAsync(address, $"eligible leaders through {address.BootstrapServers}", EligibleLeadersQuestion.AskAsync, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DiskSnapshot>> ReadDisksAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        IReadOnlyList<(int Id, string Address)> brokers =
            await wire.RunAsync(address, $"brokers through {address.BootstrapServers}", BrokersQuestion.AskAsync, cancellationToken);
        ConcurrentBag<DiskSnapshot> disks = [];
        await Parallel.ForEachAsync(
            brokers,
            new ParallelOptions { MaxDegreeOfParallelism = BrokersAtATime, CancellationToken = cancellationToken },
            async (broker, token) => disks.Add(await ReadDiskAsync(address, broker, token)));
        return [.. disks.OrderBy(disk => disk.Broker)];
    }

    private async Task<string> ReadClusterIdAsync(IAdminClient client) =>
        (await client.DescribeClusterAsync(new() { RequestTimeout = Limit })).ClusterId;

    private Task<DiskSnapshot> ReadDiskAsync(KafkaAddress address, (int Id, string Address) broker, CancellationToken cancellationToken) => wire.RunAsync(
        address with { BootstrapServers = broker.Address },
        $"log folders of broker {broker.Id}",
        (connection, token) => LogFoldersQuestion.AskAsync(connection, broker.Id, token),
        cancellationToken);

    private async Task<KafkaReading> ReadAsync(IAdminClient client, string source, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            // One request for all topics: the whole answer is what one broker knew at one moment.
            Metadata metadata = client.GetMetadata(Limit);
            cancellationToken.ThrowIfCancellationRequested();
            TopicMetadata? failed = metadata.Topics.Find(topic => topic.Error.IsError);
            Dictionary<string, (int MinInSync, bool Throttled)>? settings = failed is null ? await ReadSettingsOfAsync(client, source, metadata.Topics, cancellationToken) : null;
            if (settings is not null)
            {
                return new KafkaReading(
                    metadata.OriginatingBrokerId,
                    [.. metadata.Brokers.Select(broker => broker.BrokerId).Order()],
                    [.. metadata.Topics.Select(topic => Read(topic, settings[topic.Topic].MinInSync) with { Throttled = settings[topic.Topic].Throttled }).OrderBy(topic => topic.Name, StringComparer.Ordinal)])
                {
                    ClusterId = await ReadClusterIdAsync(client),
                };
            }

            if (attempt == Attempts)
            {
                throw new KafkaUnreadableException(
                    source,
                    failed is null
                        ? $"topics came or went during each of {Attempts} attempts."
                        : $"topic {failed.Topic}: {failed.Error.Reason}.")
                {
                    Code = failed?.Error.Code,
                };
            }
        }
    }

    /// <summary>The effective settings of each topic; null where a topic is no longer there.</summary>
    private async Task<Dictionary<string, (int MinInSync, bool Throttled)>?> ReadSettingsOfAsync(
        IAdminClient client, string source, IReadOnlyList<TopicMetadata> topics, CancellationToken cancellationToken)
    {
        Dictionary<string, (int MinInSync, bool Throttled)> values = new(topics.Count, StringComparer.Ordinal);
        foreach (string[][] round in topics.Select(topic => topic.Topic).Chunk(TopicsPerRequest).Chunk(RequestsAtATime))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (DescribeConfigsReport topic in (await Task.WhenAll(round.Select(names => DescribeAsync(client, names)))).SelectMany(report => report))
            {
                string name = topic.ConfigResource.Name;
                if (topic.Error.Code == ErrorCode.UnknownTopicOrPart)
                {
                    return null;
                }

                values[name] = topic.Error.IsError
                    ? throw new KafkaUnreadableException(source, $"settings of topic {name}: {topic.Error.Reason}.") { Code = topic.Error.Code }
                    : topic.Entries.TryGetValue(MinInSyncReplicas, out ConfigEntryResult? entry) && int.TryParse(entry.Value, out int value)
                        ? (value, Throttles.Any(name => topic.Entries.TryGetValue(name, out ConfigEntryResult? throttle) && !string.IsNullOrEmpty(throttle.Value)))
                        : throw new KafkaUnreadableException(source, $"the settings of topic {name} have no {MinInSyncReplicas}.");
            }
        }

        return values;
    }

    private async Task<IReadOnlyList<DescribeConfigsReport>> DescribeAsync(IAdminClient client, IReadOnlyList<string> topics)
    {
        try
        {
            List<DescribeConfigsResult> results = await client.DescribeConfigsAsync(
                topics.Select(topic => new ConfigResource { Type = ResourceType.Topic, Name = topic }),
                new DescribeConfigsOptions { RequestTimeout = Limit });
            return [.. results.Select(result => new DescribeConfigsReport { ConfigResource = result.ConfigResource, Entries = result.Entries, Error = new Error(ErrorCode.NoError) })];
        }
        catch (DescribeConfigsException e)
        {
            return e.Results;
        }
    }

    private static TopicReading Read(TopicMetadata topic, int minInSync) => new(
        topic.Topic,
        minInSync,
        [
            .. topic.Partitions
                .Select(partition => new PartitionSnapshot(
                    topic.Topic,
                    partition.PartitionId,
                    partition.Leader < 0 ? null : partition.Leader,
                    partition.Replicas,
                    partition.InSyncReplicas,
                    minInSync))
                .OrderBy(partition => partition.Partition),
        ]);

    private async Task<int> ElectAsync(IAdminClient client)
    {
        IReadOnlyList<TopicPartitionError> partitions;
        try
        {
            partitions = (await client.ElectLeadersAsync(
                ElectionType.Preferred, null, new ElectLeadersOptions { RequestTimeout = Limit, OperationTimeout = Limit })).TopicPartitions;
        }
        catch (ElectLeadersException e) when (e.Error.Code == ErrorCode.Local_Partial)
        {
            // Where the preferred replica is out of sync, there is no election; everywhere else it took place.
            partitions = e.Results.TopicPartitions;
        }

        return partitions.Count(partition => partition.Error.Code == ErrorCode.NoError);
    }
}
