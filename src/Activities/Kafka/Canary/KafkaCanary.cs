using System.Text;
using Microsoft.Extensions.Options;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka.Canary;

/// <summary>Writes a record to each partition of a topic of its own with acks=all, reads it back, and removes it.</summary>
internal sealed class KafkaCanary(AdminCalls calls, IOptions<KafkaClientOptions> options)
{
    private TimeSpan Limit => options.Value.CallTimeout;

    /// <summary>Runs it once.</summary>
    /// <exception cref="KafkaUnreadableException">The topic could not be looked at or made.</exception>
    /// <exception cref="KafkaCanaryException">A record was not acknowledged, or not read, in time.</exception>
    public async Task<KafkaCanaryResult> RunAsync(KafkaAddress address, CancellationToken cancellationToken)
    {
        string source = $"topic {CanaryTopic.Name} through {address.BootstrapServers}";
        int partitions = await calls.RunAsync(
            address, source, CanaryTopic.Rights, client => CanaryTopic.EnsureAsync(client, Limit), cancellationToken);
        IReadOnlyList<CanaryRecord> records;
        try
        {
            byte[] mark = Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}");
            CanarySender sender = new(address, Limit);
            IReadOnlyList<SentRecord> sent = await sender.SendAsync(partitions, mark, cancellationToken);
            records = await Task.Run(
                () => new CanaryReader(address, Limit).Read(sent, mark, cancellationToken), cancellationToken);
        }
        catch
        {
            // Its own failure is told; the records that are left expire.
            await TidyAsync(address, source, partitions);
            throw;
        }

        return new(CanaryTopic.Name, records, await TidyAsync(address, source, partitions));
    }

    private async Task<string?> TidyAsync(KafkaAddress address, string source, int partitions)
    {
        try
        {
            // Also after a cancel: a canary leaves nothing behind.
            await calls.RunAsync(
                address,
                source,
                CanaryTopic.Rights,
                async client =>
                {
                    await CanaryTopic.EmptyAsync(client, partitions, Limit);
                    return true;
                },
                CancellationToken.None);
            return null;
        }
        catch (KafkaUnreadableException e)
        {
            return e.Reason;
        }
    }
}
