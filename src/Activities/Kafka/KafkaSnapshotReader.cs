using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Takes one snapshot of a Kafka cluster out of what its admin protocol and its processes say.</summary>
internal sealed class KafkaSnapshotReader(IKafkaCluster kafka, INodeProbe probe, TimeProvider timeProvider)
{
    // What has just changed, a broker takes over within moments.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes it. What cannot be read is named in it.</summary>
    public async Task<KafkaSnapshot> ReadAsync(Cluster cluster, KubernetesClient client, string @namespace, string name, CancellationToken cancellationToken)
    {
        long begun = timeProvider.GetTimestamp();
        while (true)
        {
            DateTimeOffset at = timeProvider.GetUtcNow();
            List<UnreadableSource> unreadable = [];
            Task<KafkaReading?> reading = TopicsAsync(cluster, client, @namespace, name, unreadable, cancellationToken);
            KafkaNodes nodes = await NodesAsync(cluster, client, @namespace, name, unreadable, cancellationToken);
            IReadOnlyList<NodeReading> answers = await probe.ReadAsync([.. nodes.Brokers, .. nodes.Controllers], cancellationToken);
            KafkaReading? topics = await reading;
            NodeReading[] brokers = [.. answers.Take(nodes.Brokers.Count)];
            NodeReading[] controllers = [.. answers.Skip(nodes.Brokers.Count)];
            UnreadableSource? gap = MetadataGap.Find(topics, brokers, controllers);
            if (gap is null || timeProvider.GetElapsedTime(begun) > Patience)
            {
                return KafkaSnapshotBuilder.Build(at, topics, brokers, controllers, gap is null ? unreadable : [.. unreadable, gap]);
            }

            await Task.Delay(Pause, timeProvider, cancellationToken);
        }
    }

    private async Task<KafkaReading?> TopicsAsync(
        Cluster cluster, KubernetesClient client, string @namespace, string name, List<UnreadableSource> unreadable, CancellationToken cancellationToken)
    {
        try
        {
            KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, @namespace, name, cancellationToken);
            return await WithEligibleAsync(address, await kafka.ReadAsync(address, cancellationToken), cancellationToken);
        }
        catch (SecretUnreadableException e)
        {
            Add(unreadable, $"topics, whose clients need {e.Reference}", e.Reason);
            return null;
        }
        catch (KafkaUnreadableException e)
        {
            Add(unreadable, e.Unread, e.Reason);
            return null;
        }
    }

    // Who may lead is of interest only where nobody leads, which is seldom.
    private async Task<KafkaReading> WithEligibleAsync(KafkaAddress address, KafkaReading topics, CancellationToken cancellationToken)
    {
        if (!topics.Topics.Any(topic => topic.Partitions.Any(partition => partition.IsOffline)))
        {
            return topics;
        }

        try
        {
            IReadOnlyList<EligibleLeadersReading>? eligible = await kafka.ReadEligibleLeadersAsync(address, cancellationToken);
            return eligible is null ? topics : topics.With(eligible);
        }
        catch (KafkaUnreadableException)
        {
            // It adds to what blocks already, and what is known of the topics is worth more.
            return topics;
        }
    }

    private static async Task<KafkaNodes> NodesAsync(
        Cluster cluster, KubernetesClient client, string @namespace, string name, List<UnreadableSource> unreadable, CancellationToken cancellationToken)
    {
        string source = $"pods of kafkas.platform.confluent.io {@namespace}/{name}";
        try
        {
            if (await KafkaNodes.FindAsync(cluster, client, @namespace, name, cancellationToken) is { } nodes)
            {
                return nodes;
            }

            Add(unreadable, source, "there is no such resource.");
        }
        catch (KubernetesException e)
        {
            Add(unreadable, source, e.Message);
        }
        catch (SecretUnreadableException e)
        {
            Add(unreadable, $"Jolokia agents, who ask for {e.Reference}", e.Reason);
        }

        return new([], []);
    }

    private static void Add(List<UnreadableSource> unreadable, string source, string reason)
    {
        lock (unreadable)
        {
            unreadable.Add(new(source, reason));
        }
    }
}
