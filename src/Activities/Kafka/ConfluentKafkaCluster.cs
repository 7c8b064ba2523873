using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Kafka clusters through Confluent.Kafka.</summary>
/// <remarks>
/// Every reading has a client of its own: it begins at the bootstrap servers again, so a broker that came back on another address is
/// found, and a cluster that is out of reach leaves no client behind that keeps dialling.
/// </remarks>
internal sealed partial class ConfluentKafkaCluster(IOptions<KafkaClientOptions> options, ILogger<ConfluentKafkaCluster> logger) : IKafkaCluster
{
    private const string MinInSyncReplicas = "min.insync.replicas";

    // The answer for one topic is some 2 KB, as it holds all of the topic's settings.
    private const int TopicsPerRequest = 200;
    private const int RequestsAtATime = 4;

    // A reading of thousands of topics takes many calls; all of them together may take as long as this many at their limit.
    private const int CallsInARow = 2;

    // Topics come and go between the two halves of a reading.
    private const int Attempts = 3;

    private TimeSpan Limit => options.Value.CallTimeout;

    /// <inheritdoc/>
    public Task<KafkaReading> ReadAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        string source = $"topics through {address.BootstrapServers}";
        return WithClientAsync(address, source, client => ReadAsync(client, source, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken) =>
        WithClientAsync(address, $"preferred leaders through {address.BootstrapServers}", ElectAsync, cancellationToken);

    private async Task<KafkaReading> ReadAsync(IAdminClient client, string source, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            // One request for all topics: the whole answer is what one broker knew at one moment.
            Metadata metadata = client.GetMetadata(Limit);
            cancellationToken.ThrowIfCancellationRequested();
            TopicMetadata? failed = metadata.Topics.Find(topic => topic.Error.IsError);
            Dictionary<string, int>? minInSync = failed is null ? await ReadMinInSyncAsync(client, source, metadata.Topics, cancellationToken) : null;
            if (minInSync is not null)
            {
                return new KafkaReading(
                    metadata.OriginatingBrokerId,
                    [.. metadata.Brokers.Select(broker => broker.BrokerId).Order()],
                    [.. metadata.Topics.Select(topic => Read(topic, minInSync[topic.Topic])).OrderBy(topic => topic.Name, StringComparer.Ordinal)]);
            }

            if (attempt == Attempts)
            {
                throw new KafkaUnreadableException(
                    source,
                    failed is null
                        ? $"topics came or went during each of {Attempts} attempts."
                        : $"topic {failed.Topic}: {failed.Error.Reason}.");
            }
        }
    }

    /// <summary>The effective value of each topic; null where a topic is no longer there.</summary>
    private async Task<Dictionary<string, int>?> ReadMinInSyncAsync(
        IAdminClient client, string source, IReadOnlyList<TopicMetadata> topics, CancellationToken cancellationToken)
    {
        Dictionary<string, int> values = new(topics.Count, StringComparer.Ordinal);
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
                    ? throw new KafkaUnreadableException(source, $"settings of topic {name}: {topic.Error.Reason}.")
                    : topic.Entries.TryGetValue(MinInSyncReplicas, out ConfigEntryResult? entry) && int.TryParse(entry.Value, out int value)
                        ? value
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

    // The client's metadata call blocks and cannot be cancelled, and a client must not be destroyed under it. So the work owns the client
    // and runs to its end, while the caller's wait ends with the caller's token.
    private async Task<T> WithClientAsync<T>(KafkaAddress address, string source, Func<IAdminClient, Task<T>> work, CancellationToken cancellationToken)
    {
        TimeSpan limit = Limit * CallsInARow;
        try
        {
            return await Task.Run(() => RunAsync(address, source, work), cancellationToken).WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new KafkaUnreadableException(source, $"it took longer than {limit.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task<T> RunAsync<T>(KafkaAddress address, string source, Func<IAdminClient, Task<T>> work)
    {
        string? lastError = null;
        using IAdminClient client = new AdminClientBuilder(Settings(address))
            .SetErrorHandler((_, error) => lastError = error.Code == ErrorCode.Local_AllBrokersDown ? lastError : error.Reason)
            .SetLogHandler((_, line) => ClientSaid(line.Facility, line.Message))
            .Build();
        try
        {
            return await work(client);
        }
        catch (KafkaException e)
        {
            string what = e.Error.IsLocalError ? $"no answer within {Limit.TotalSeconds:0.#} s" : e.Error.Reason;
            throw new KafkaUnreadableException(source, $"{what}{(lastError is null ? $" ({e.Error.Reason})" : $": {lastError}")}.", e);
        }
    }

    private AdminClientConfig Settings(KafkaAddress address) => new()
    {
        BootstrapServers = address.BootstrapServers,
        ClientId = "orchestrator",
        SocketTimeoutMs = (int)Limit.TotalMilliseconds,
        ReconnectBackoffMs = 250,
        LogConnectionClose = false,
    };

    [LoggerMessage(Level = LogLevel.Debug, Message = "Kafka client: {Facility} {Text}")]
    private partial void ClientSaid(string facility, string text);
}
