using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Writes one record to each partition, with acks=all.</summary>
internal sealed class CanarySender(KafkaAddress address, TimeSpan limit)
{
    private readonly ClientErrors _errors = new(address, limit);

    /// <exception cref="KafkaCanaryException">One was not acknowledged in time.</exception>
    public async Task<IReadOnlyList<SentRecord>> SendAsync(int partitions, byte[] mark, CancellationToken cancellationToken)
    {
        using IProducer<Null, byte[]> producer = Build();
        return await Task.WhenAll(
            Enumerable.Range(0, partitions).Select(partition => SendAsync(producer, partition, mark, cancellationToken)));
    }

    private IProducer<Null, byte[]> Build()
    {
        ProducerConfig settings = ClientSettings.Of<ProducerConfig>(address, limit);
        settings.Acks = Acks.All;
        settings.EnableIdempotence = true;
        settings.LingerMs = 0;
        settings.MessageTimeoutMs = (int)limit.TotalMilliseconds;
        ProducerBuilder<Null, byte[]> builder = new ProducerBuilder<Null, byte[]>(settings)
            .SetErrorHandler((_, error) => _errors.Add(error))
            .SetLogHandler((_, _) => { });
        return (address.Credentials is { Token: not null } credentials
            ? builder.SetOAuthBearerTokenRefreshHandler((asking, _) => credentials.GiveToken(asking))
            : builder).Build();
    }

    private async Task<SentRecord> SendAsync(
        IProducer<Null, byte[]> producer, int partition, byte[] mark, CancellationToken cancellationToken)
    {
        long begun = TimeProvider.System.GetTimestamp();
        try
        {
            DeliveryResult<Null, byte[]> stored = await producer.ProduceAsync(
                new TopicPartition(CanaryTopic.Name, partition), new() { Value = mark }, cancellationToken);
            return new(partition, stored.Offset.Value, begun, TimeProvider.System.GetElapsedTime(begun));
        }
        catch (ProduceException<Null, byte[]> e)
        {
            throw new KafkaCanaryException(
                $"A record for {CanaryTopic.Name}-{partition} was not acknowledged by all in-sync replicas: "
                + $"{_errors.Describe(e.Error)}",
                e.Error);
        }
    }
}
