using k8s;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Kafka.Security;
using Orchestrator.Activities.Secrets;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>Takes one snapshot of a Kafka cluster out of what its admin protocol and its processes say.</summary>
internal sealed class KafkaSnapshotReader(IKafkaCluster kafka, INodeProbe probe, TimeProvider timeProvider, Waits waits)
{
    // What has just changed, a broker takes over within moments.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan QuorumLimit = TimeSpan.FromSeconds(3);

    /// <summary>Takes it. What cannot be read is named in it.</summary>
    public async Task<KafkaSnapshot> ReadAsync(
        Cluster cluster, IKubernetes client, string @namespace, string name, CancellationToken cancellationToken)
    {
        long begun = timeProvider.GetTimestamp();
        while (true)
        {
            DateTimeOffset at = timeProvider.GetUtcNow();
            List<UnreadableSource> unreadable = [];
            Task<(KafkaReading?, QuorumReading?)> reading = TopicsAsync(cluster, client, @namespace, name, unreadable, cancellationToken);
            KafkaNodes nodes = await NodesAsync(cluster, client, @namespace, name, unreadable, cancellationToken);
            IReadOnlyList<NodeReading> answers = await probe.ReadAsync([.. nodes.Brokers, .. nodes.Controllers], cancellationToken);
            (KafkaReading? topics, QuorumReading? quorum) = await reading;
            NodeReading[] brokers = [.. answers.Take(nodes.Brokers.Count)];
            NodeReading[] controllers = [.. answers.Skip(nodes.Brokers.Count)];
            UnreadableSource? gap = MetadataGap.Find(topics, brokers, controllers);
            KafkaSnapshot asTold = KafkaSnapshotBuilder.Build(
                at, topics, brokers, controllers, gap is null ? unreadable : [.. unreadable, gap]);
            KafkaSnapshot snapshot = asTold.Quorum is { } view ? asTold with { Quorum = QuorumFreshness.With(view, quorum) } : asTold;
            bool isLate = snapshot.Quorum?.Voters.Count(voter => voter.CaughtUp) < asTold.Quorum?.Voters.Count(voter => voter.CaughtUp);
            if ((gap is null && !isLate) || timeProvider.GetElapsedTime(begun) > Patience)
            {
                return snapshot;
            }

            await waits.For(Pause, cancellationToken);
        }
    }

    /// <summary>The same with how full the disks are, or with why that could not be read.</summary>
    public async Task<KafkaSnapshot> WithDisksAsync(
        Cluster cluster, IKubernetes client, string @namespace, string name, KafkaSnapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, @namespace, name, cancellationToken);
            return snapshot with { Disks = await kafka.ReadDisksAsync(address, cancellationToken) };
        }
        catch (KafkaUnreadableException e)
        {
            return snapshot with { Unreadable = [.. snapshot.Unreadable, Source(e)] };
        }
        catch (SecretUnreadableException)
        {
            // The snapshot says so already.
            return snapshot;
        }
    }

    private async Task<(KafkaReading? Topics, QuorumReading? Quorum)> TopicsAsync(
        Cluster cluster,
        IKubernetes client,
        string @namespace,
        string name,
        List<UnreadableSource> unreadable,
        CancellationToken cancellationToken)
    {
        try
        {
            KafkaAddress address = await KafkaConnections.ResolveAsync(cluster, client, @namespace, name, cancellationToken);
            Task<QuorumReading?> quorum = QuorumAsync(address, unreadable, cancellationToken);
            KafkaReading topics = await WithEligibleAsync(address, await kafka.ReadAsync(address, cancellationToken), cancellationToken);
            return (topics, await quorum);
        }
        catch (SecretUnreadableException e)
        {
            Add(unreadable, $"topics, whose clients need {e.Reference}", e.Reason);
            return default;
        }
        catch (KafkaUnreadableException e)
        {
            Add(unreadable, Source(e));
            return default;
        }
    }

    // The processes tell who leads and how far each is; this adds how fresh they are, and is not waited for where nobody can answer it. A
    // right that is missing is another matter: it would never be answered, and nobody would know.
    private async Task<QuorumReading?> QuorumAsync(
        KafkaAddress address, List<UnreadableSource> unreadable, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(QuorumLimit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await kafka.ReadQuorumAsync(address, either.Token);
        }
        catch (KafkaUnreadableException e) when (e.Needs is not null)
        {
            Add(unreadable, Source(e));
            return null;
        }
        catch (KafkaUnreadableException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
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
        Cluster cluster,
        IKubernetes client,
        string @namespace,
        string name,
        List<UnreadableSource> unreadable,
        CancellationToken cancellationToken)
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
        catch (ApiException e)
        {
            Add(unreadable, source, e.Message);
        }
        catch (SecretUnreadableException e)
        {
            Add(unreadable, $"Jolokia agents, which need {e.Reference}", e.Reason);
        }

        return new([], []);
    }

    private static UnreadableSource Source(KafkaUnreadableException error) => new(error.Unread, error.Reason, KafkaDenials.Denied(error));

    private static void Add(List<UnreadableSource> unreadable, string source, string reason) =>
        Add(unreadable, new UnreadableSource(source, reason));

    private static void Add(List<UnreadableSource> unreadable, UnreadableSource source)
    {
        lock (unreadable)
        {
            unreadable.Add(source);
        }
    }
}
