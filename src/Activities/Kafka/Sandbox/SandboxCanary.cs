using Confluent.Kafka;
using Orchestrator.Activities.Kafka.Canary;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Sandbox;

/// <summary>The canary of a cluster in the box: the same topic, and a record for each of its partitions.</summary>
internal sealed class SandboxCanary(SandboxCalls calls, TimeProvider timeProvider, Waits waits)
{
    // A producer tries again what may pass, as an election of leaders does.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it once.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="brokers">How many brokers it has: the topic has a partition for each.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaUnreadableException">The topic could not be looked at or made.</exception>
    /// <exception cref="KafkaCanaryException">A record was not acknowledged, or not read, in time.</exception>
    public async Task<KafkaCanaryResult> RunAsync(KafkaAddress address, int brokers, CancellationToken cancellationToken)
    {
        (int replicas, Dictionary<string, string> settings) = CanaryTopic.Wanted(brokers);
        Counted topic = await SendAsync<Counted>(
            address, HttpMethod.Put, "", new { Partitions = brokers, ReplicationFactor = replicas, Settings = settings },
            cancellationToken);
        List<CanaryRecord> records = [];
        try
        {
            string mark = $"{Guid.NewGuid():N}";
            for (int partition = 0; partition < topic.Count; partition++)
            {
                records.Add(await TryAsync(address, partition, mark, cancellationToken));
            }
        }
        catch
        {
            // Its own failure is told.
            await TidyAsync(address);
            throw;
        }

        return new(CanaryTopic.Name, records, await TidyAsync(address));
    }

    private async Task<CanaryRecord> TryAsync(KafkaAddress address, int partition, string mark, CancellationToken cancellationToken)
    {
        long begun = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                Stored stored = await SendAsync<Stored>(
                    address, HttpMethod.Post, $"/{partition}/records", new { Value = mark }, cancellationToken);
                TimeSpan acknowledged = timeProvider.GetElapsedTime(begun);
                await SendAsync<Kept>(address, HttpMethod.Get, $"/{partition}/records/{stored.Offset}", null, cancellationToken);
                return new(partition, stored.Offset, acknowledged, timeProvider.GetElapsedTime(begun));
            }
            catch (KafkaUnreadableException e) when (e.Needs is null)
            {
                if (timeProvider.GetElapsedTime(begun) >= calls.Limit)
                {
                    throw new KafkaCanaryException(
                        $"A record for {CanaryTopic.Name}-{partition} was not acknowledged by all in-sync replicas: {e.Reason}",
                        new Error(e.Code ?? ErrorCode.Local_TimedOut));
                }

                await waits.For(Pause, cancellationToken);
            }
        }
    }

    private async Task<string?> TidyAsync(KafkaAddress address)
    {
        try
        {
            await SendAsync<Counted>(address, HttpMethod.Delete, "/records", null, CancellationToken.None);
            return null;
        }
        catch (KafkaUnreadableException e)
        {
            return e.Reason;
        }
    }

    private Task<T> SendAsync<T>(KafkaAddress address, HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        calls.RunAsync<T>(
            address, method, $"topics/{CanaryTopic.Name}{path}", body,
            $"topic {CanaryTopic.Name} through {address.BootstrapServers}", CanaryTopic.Rights, cancellationToken);

    private sealed record Counted(int Count);

    private sealed record Stored(long Offset);

    private sealed record Kept(string Value);
}
