using k8s;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities.Confluent;

/// <summary>
/// Reads a Kafka cluster and its operator's resources at one moment, and as often in a row as asked while Kafka is whole; at last also how
/// full the disks are.
/// </summary>
internal sealed class SteadyReader(ConfluentClusterReader confluent, KafkaSnapshotReader kafka, Waits waits)
{
    /// <summary>The last reading: the first that shows that Kafka is not whole, else the last of all.</summary>
    /// <param name="cluster">The Kubernetes cluster.</param>
    /// <param name="client">Its API.</param>
    /// <param name="namespace">The namespace.</param>
    /// <param name="input">What is read, and how often.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ConfluentClusterSnapshot> ReadAsync(
        Cluster cluster, IKubernetes client, string @namespace, ReadConfluentClusterInput input, CancellationToken cancellationToken)
    {
        for (int sample = 1; ; sample++)
        {
            ConfluentClusterSnapshot read = await ReadOnceAsync(cluster, client, @namespace, input.Name, cancellationToken);
            if (sample >= input.Samples
                || read.KafkaState is not { } state
                || RollReadiness.CheckKafka(read, state).Any(refusal => refusal.Blocks))
            {
                return read.KafkaState is null
                    ? read
                    : read with { KafkaState = await kafka.WithDisksAsync(
                        cluster, client, @namespace, input.Name, read.KafkaState, cancellationToken) };
            }

            await waits.For(input.Every, cancellationToken);
        }
    }

    private async Task<ConfluentClusterSnapshot> ReadOnceAsync(
        Cluster cluster, IKubernetes client, string @namespace, string name, CancellationToken cancellationToken)
    {
        Task<ConfluentClusterSnapshot> operatorShows = confluent.ReadAsync(client, @namespace, name, cancellationToken);
        Task<KafkaSnapshot> kafkaSays = kafka.ReadAsync(cluster, client, @namespace, name, cancellationToken);
        await Task.WhenAll(operatorShows, kafkaSays);
        ConfluentClusterSnapshot shown = await operatorShows;
        return shown.Kafka is null ? shown : shown with { KafkaState = await kafkaSays };
    }
}
