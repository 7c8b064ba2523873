using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>
/// A cluster of three brokers (0–2) and three controllers (100–102) that the contract is tried on: what is done to it, and what the product
/// sees of it.
/// </summary>
public abstract class TestedKafka
{
    private static readonly int[] BrokerIds = [0, 1, 2];
    private static readonly int[] ControllerIds = [100, 101, 102];

    internal abstract IKafkaCluster Kafka { get; }

    internal abstract KafkaAddress Address { get; }

    internal abstract INodeProbe Probe { get; }

    internal abstract IReadOnlyList<NodeAddress> Brokers { get; }

    internal abstract IReadOnlyList<NodeAddress> Controllers { get; }

    public abstract Task StartAsync(int node, string? version = null);

    public abstract Task StopAsync(int node);

    public abstract Task KillAsync(int node);

    public abstract Task CreateTopicAsync(string name, int[] replicas, params (string Name, string Value)[] settings);

    public abstract Task DeleteTopicAsync(string name);

    /// <summary>Sets a topic's own setting.</summary>
    public abstract Task SetAsync(string topic, string name, string value);

    /// <summary>Sets something for all brokers.</summary>
    public abstract Task SetForAllAsync(string name, string value);

    /// <summary>Begins to move partition 0 of a topic.</summary>
    public abstract Task ReassignAsync(string topic, int[] replicas);

    /// <summary>Sets a level; what the cluster says where it refuses, else null.</summary>
    public abstract Task<string?> SetFeatureAsync(string feature, string level);

    /// <summary>The finalised level of a feature, as its tools print it.</summary>
    public abstract Task<string> FeatureAsync(string feature);

    /// <summary>Lets some time pass before the cluster is looked at again.</summary>
    public abstract Task PassAsync();

    /// <summary>A snapshot without Kubernetes, as a run takes it.</summary>
    public async Task<KafkaSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        KafkaReading? topics = null;
        List<UnreadableSource> unreadable = [];
        try
        {
            topics = await Kafka.ReadAsync(Address, cancellationToken);
        }
        catch (KafkaUnreadableException e)
        {
            unreadable.Add(new(e.Unread, e.Reason));
        }

        IReadOnlyList<NodeReading> brokers = await Probe.ReadAsync(Brokers, cancellationToken);
        IReadOnlyList<NodeReading> controllers = await Probe.ReadAsync(Controllers, cancellationToken);
        UnreadableSource? gap = MetadataGap.Find(topics, brokers, controllers);
        return KafkaSnapshotBuilder.Build(
            DateTimeOffset.UnixEpoch, topics, brokers, controllers, gap is null ? unreadable : [.. unreadable, gap]);
    }

    /// <summary>Takes snapshots until one is as wanted.</summary>
    public async Task<KafkaSnapshot> UntilAsync(Func<KafkaSnapshot, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            KafkaSnapshot snapshot = await SnapshotAsync(cancellationToken);
            if (wanted(snapshot))
            {
                return snapshot;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await PassAsync();
        }
    }

    /// <summary>Reads partition 0 of a topic until it is as wanted.</summary>
    public async Task<PartitionSnapshot> PartitionAsync(
        string topic, Func<PartitionSnapshot, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                KafkaReading reading = await Kafka.ReadAsync(Address, cancellationToken);
                if (reading.Topics.FirstOrDefault(each => each.Name == topic)?.Partitions is [var partition, ..] && wanted(partition))
                {
                    return partition;
                }
            }
            catch (KafkaUnreadableException)
            {
                // As while the broker that was asked goes away.
            }

            cancellationToken.ThrowIfCancellationRequested();
            await PassAsync();
        }
    }

    /// <summary>Waits until all is up and in sync.</summary>
    public Task<KafkaSnapshot> WholeAsync(CancellationToken cancellationToken) =>
        UntilAsync(snapshot => KafkaHealth.Check(snapshot, BrokerIds, ControllerIds).Count == 0, cancellationToken);
}
