using Confluent.Kafka;

namespace Orchestrator.Lab.Tests.Load;

/// <summary>
/// A producer with acks=all that writes numbered records to one topic until it is stopped, and remembers which ones were acknowledged:
/// those must all be there in the end.
/// </summary>
internal sealed class AcknowledgedRecords : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan ReadLimit = TimeSpan.FromMinutes(1);

    private readonly string _bootstrapServers;
    private readonly string _topic;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _acknowledged = [];
    private readonly Task _run;

    private AcknowledgedRecords(string bootstrapServers, string topic)
    {
        _bootstrapServers = bootstrapServers;
        _topic = topic;
        _run = Task.Run(ProduceAsync);
    }

    public static AcknowledgedRecords Start(string bootstrapServers, string topic) => new(bootstrapServers, topic);

    /// <summary>Stops writing; returns the numbers of the acknowledged records.</summary>
    public async Task<IReadOnlySet<int>> StopAsync()
    {
        await _stop.CancelAsync();
        await _run;
        return _acknowledged;
    }

    /// <summary>Reads the whole topic and returns the numbers that are in it.</summary>
    public IReadOnlySet<int> ReadBack()
    {
        using IConsumer<int, Null> consumer = new ConsumerBuilder<int, Null>(new ConsumerConfig
        {
            BootstrapServers = _bootstrapServers,
            GroupId = Guid.NewGuid().ToString(),
            EnableAutoCommit = false,
            EnablePartitionEof = true,
        }).Build();
        using IAdminClient admin = new DependentAdminClientBuilder(consumer.Handle).Build();
        int partitions = admin.GetMetadata(_topic, TimeSpan.FromSeconds(30)).Topics.Single().Partitions.Count;
        consumer.Assign(Enumerable.Range(0, partitions).Select(partition => new TopicPartitionOffset(_topic, partition, Offset.Beginning)));

        HashSet<int> numbers = [];
        HashSet<int> ended = [];
        long started = TimeProvider.System.GetTimestamp();
        while (ended.Count < partitions)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < ReadLimit,
                $"Read {ended.Count} of {partitions} partitions to their end in {ReadLimit}.");
            if (consumer.Consume(TimeSpan.FromSeconds(1)) is { } result)
            {
                _ = result.IsPartitionEOF ? ended.Add(result.Partition) : numbers.Add(result.Message.Key);
            }
        }

        return numbers;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task ProduceAsync()
    {
        using IProducer<int, Null> producer = new ProducerBuilder<int, Null>(new ProducerConfig
        {
            BootstrapServers = _bootstrapServers,
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 5,
            MessageTimeoutMs = 120_000,
        }).Build();
        for (int number = 0; !_stop.IsCancellationRequested; number++)
        {
            producer.Produce(_topic, new Message<int, Null> { Key = number }, Delivered);
            await Task.Delay(Pace);
        }

        producer.Flush(TimeSpan.FromMinutes(2));
    }

    private void Delivered(DeliveryReport<int, Null> report)
    {
        if (report.Error.IsError)
        {
            return;
        }

        lock (_acknowledged)
        {
            _acknowledged.Add(report.Message.Key);
        }
    }
}
