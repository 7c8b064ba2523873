using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>The JMX beans of a node's process: the ones that health checks and exporters ask for.</summary>
internal sealed class NodeBeans(ClusterState state)
{
    private const int NotRunning = 0;
    private const int Recovery = 2;
    private const int Running = 3;
    private const int ControlledShutdown = 6;

    // The metrics of a process that follows are as old as its last fetch.
    private const double MomentMs = 100;

    /// <summary>The beans of a broker.</summary>
    public IReadOnlyList<(BeanName Name, JsonObject Attributes)> Of(Broker broker)
    {
        List<Partition> leads = [.. broker.Hosted.Where(partition => partition.Leader == broker.Id)];
        int segments = broker.RemainingSegments(state.Now);
        List<(string, JsonObject)> beans =
        [
            ("kafka.server:type=raft-metrics", Raft(broker)),
            ("kafka.server:type=KafkaServer,name=BrokerState", Value(StateOf(broker))),
            ("kafka.server:type=ReplicaManager,name=ReassigningPartitions", Value(leads.Count(partition => partition.Target is not null))),
            ("kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions", Value(leads.Count(IsUnderReplicated))),
            ("kafka.server:type=ReplicaManager,name=UnderMinIsrPartitionCount", Value(leads.Count(IsUnderMinIsr))),
            ("kafka.server:type=ReplicaManager,name=AtMinIsrPartitionCount", Value(leads.Count(
                partition => partition.InSync.Count == state.Leadership.MinInSync(partition.Topic)))),
            ("kafka.server:type=ReplicaManager,name=LeaderCount", Value(leads.Count)),
            ("kafka.server:type=ReplicaManager,name=PartitionCount", Value(broker.Hosted.Count)),
            ("kafka.server:type=ReplicaManager,name=OfflineReplicaCount", Value(broker.Hosted.Count(
                partition => broker.FolderOf(partition).HasFailed))),
            ("kafka.server:type=broker-metadata-metrics", new() { ["last-applied-record-lag-ms"] = LagMs(broker) }),
            ("kafka.log:type=LogManager,name=OfflineLogDirectoryCount", Value(broker.Folders.Count(folder => folder.HasFailed))),
            ($"kafka.server:type=app-info,id={broker.Id}", new() { ["Version"] = broker.Version }),
        ];
        if (broker.Phase == ProcessPhase.Recovering)
        {
            int logs = (int)Math.Ceiling((double)segments * Math.Max(1, broker.Hosted.Count) / broker.SegmentsToRecover);
            string path = broker.Folders[0].Path;
            beans.Add(($"kafka.log:type=LogManager,name=remainingLogsToRecover,dir=\"{path}\"", Value(logs)));
            beans.Add(($"kafka.log:type=LogManager,name=remainingSegmentsToRecover,dir=\"{path}\",threadNum=0", Value(segments)));
        }

        return Named(beans);
    }

    /// <summary>The beans of a controller.</summary>
    public IReadOnlyList<(BeanName Name, JsonObject Attributes)> Of(Controller controller)
    {
        bool isActive = state.Quorum.Leader == controller.Id;
        List<Partition> partitions = [.. state.Partitions];
        int unfenced = state.Brokers.All.Count(broker => broker.IsUnfenced);
        (string Name, double Value)[] metrics =
        [
            ("GlobalTopicCount", state.Topics.Count),
            ("GlobalPartitionCount", partitions.Count),
            ("ActiveControllerCount", isActive ? 1 : 0),
            ("LastAppliedRecordLagMs", isActive ? 0 : LagMs(controller)),
            ("LastAppliedRecordOffset", state.Quorum.EndOf(controller)),
            ("OfflinePartitionsCount", isActive ? partitions.Count(partition => partition.Leader is null) : 0),
            ("PreferredReplicaImbalanceCount", isActive ? partitions.Count(partition => partition.Leader != partition.Replicas[0]) : 0),
            ("ActiveBrokerCount", unfenced),
            ("FencedBrokerCount", state.Brokers.All.Count() - unfenced),
            ("MetadataErrorCount", 0),
        ];
        return Named(
        [
            ("kafka.server:type=raft-metrics", Raft(controller)),
            ($"kafka.server:type=app-info,id={controller.Id}", new() { ["Version"] = controller.Version }),
            .. metrics.Select(metric => ($"kafka.controller:type=KafkaController,name={metric.Name}", Value(metric.Value))),
        ]);
    }

    private static IReadOnlyList<(BeanName, JsonObject)> Named(IEnumerable<(string Name, JsonObject Attributes)> beans) =>
        [.. beans.Select(bean => (BeanName.Parse(bean.Name), bean.Attributes))];

    private static JsonObject Value(double value) => new() { ["Value"] = value };

    // While a partition is moved, a leader counts those that it had before.
    private static bool IsUnderReplicated(Partition partition) =>
        partition.InSync.Count < (partition.Target is null ? partition.Replicas : partition.Origin).Count;

    private bool IsUnderMinIsr(Partition partition) =>
        partition.InSync.Count < Math.Min(state.Leadership.MinInSync(partition.Topic), partition.Replicas.Count);

    private static int StateOf(Broker broker) => broker.Phase switch
    {
        ProcessPhase.Recovering or ProcessPhase.Registering => Recovery,
        ProcessPhase.Running => Running,
        ProcessPhase.Stopping => ControlledShutdown,
        _ => NotRunning,
    };

    private JsonObject Raft(Broker broker)
    {
        bool follows = state.Quorum.Leader is not null && broker.Phase != ProcessPhase.Starting;
        return Raft(follows ? "observer" : "unattached", follows ? state.Quorum.Leader : null, state.Quorum.End, null);
    }

    private JsonObject Raft(Controller controller)
    {
        bool isHeard = controller.TakesPart && state.Quorum.Leader is not null;
        bool leads = state.Quorum.Leader == controller.Id;

        // A voter that lost its leader names it for as long as it waits for it, and then while it asks for votes.
        bool waits = state.Quorum.LeaderlessSince is { } since && state.Now - since < state.Timings.QuorumFetch && controller.TakesPart;
        string at = leads ? "leader" : isHeard || waits ? "follower" : controller.IsRunning ? "prospective" : "unattached";
        int? leader = isHeard ? state.Quorum.Leader : controller.IsRunning ? state.Quorum.LastLeader ?? state.Quorum.Leader : null;
        return Raft(at, leader, state.Quorum.EndOf(controller), leads ? state.Brokers.All.Count(broker => broker.IsRunning) : null);
    }

    private JsonObject Raft(string current, int? leader, long end, int? observers)
    {
        JsonObject metrics = new()
        {
            ["current-state"] = current,
            ["current-leader"] = (double)(leader ?? -1),
            ["current-epoch"] = (double)state.Quorum.Epoch,
            ["log-end-offset"] = (double)end,
            ["high-watermark"] = (double)end,
            ["number-of-voters"] = state.Quorum.Controllers.Count,
        };
        if (observers is { } count)
        {
            metrics["number-of-observers"] = count;
        }

        return metrics;
    }

    private double LagMs(Broker broker) =>
        state.Quorum.LeaderlessSince is { } since ? (state.Now - since).TotalMilliseconds
        : broker.Phase == ProcessPhase.Starting ? (state.Now - broker.StartedAt).TotalMilliseconds
        : MomentMs;

    private double LagMs(Controller controller) => controller.LogEnd is null ? MomentMs
        : (state.Now - (state.Quorum.LeaderlessSince ?? controller.CaughtUpAt)).TotalMilliseconds;
}
