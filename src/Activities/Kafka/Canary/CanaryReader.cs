using Confluent.Kafka;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Reads the canary's records back from where they were stored.</summary>
internal sealed class CanaryReader(KafkaAddress address, TimeSpan limit)
{
    // Polling blocks a thread: often enough to end soon after a cancel.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly ClientErrors _errors = new(address, limit);

    /// <exception cref="KafkaCanaryException">One could not be read in time.</exception>
    public IReadOnlyList<CanaryRecord> Read(IReadOnlyList<SentRecord> sent, byte[] mark, CancellationToken cancellationToken)
    {
        using IConsumer<Ignore, byte[]> consumer = Build();
        consumer.Assign(sent.Select(record => new TopicPartitionOffset(CanaryTopic.Name, record.Partition, record.Offset)));
        long begun = TimeProvider.System.GetTimestamp();
        Dictionary<int, SentRecord> missing = sent.ToDictionary(record => record.Partition);
        List<CanaryRecord> read = [];
        while (missing.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TimeProvider.System.GetElapsedTime(begun) > limit)
            {
                SentRecord first = missing.Values.MinBy(record => record.Partition)!;
                Error late = new(ErrorCode.Local_TimedOut);
                throw new KafkaCanaryException(
                    $"The record at {CanaryTopic.Name}-{first.Partition} offset {first.Offset} could not be read: "
                    + $"{_errors.Describe(late)}",
                    late);
            }

            if (Next(consumer) is { } record
                && record.Message.Value.AsSpan().SequenceEqual(mark)
                && missing.Remove(record.Partition, out SentRecord? mine))
            {
                read.Add(new(mine.Partition, mine.Offset, mine.AcknowledgedAfter, TimeProvider.System.GetElapsedTime(mine.Begun)));
            }
        }

        return [.. read.OrderBy(record => record.Partition)];
    }

    private static ConsumeResult<Ignore, byte[]>? Next(IConsumer<Ignore, byte[]> consumer)
    {
        try
        {
            return consumer.Consume(Poll);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            // The client goes on by itself, as after a leader that moved; the limit ends what does not pass.
            return null;
        }
    }

    private IConsumer<Ignore, byte[]> Build()
    {
        ConsumerConfig settings = ClientSettings.Of<ConsumerConfig>(address, limit);
        // The client asks for a group; one that assigns its partitions itself never joins it, and commits nothing.
        settings.GroupId = CanaryTopic.Name;
        settings.EnableAutoCommit = false;
        settings.EnableAutoOffsetStore = false;
        ConsumerBuilder<Ignore, byte[]> builder = new ConsumerBuilder<Ignore, byte[]>(settings)
            .SetErrorHandler((_, error) => _errors.Add(error))
            .SetLogHandler((_, _) => { });
        return (address.Credentials is { Token: not null } credentials
            ? builder.SetOAuthBearerTokenRefreshHandler((asking, _) => credentials.GiveToken(asking))
            : builder).Build();
    }
}
