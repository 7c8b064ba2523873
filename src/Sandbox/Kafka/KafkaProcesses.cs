using Orchestrator.Sandbox.Kafka.Nodes;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>
/// The processes of a cluster, for whoever runs their pods: it says which starts, is told to stop, or is killed, and looks how far it is.
/// </summary>
public sealed class KafkaProcesses
{
    private readonly ClusterState _state;

    internal KafkaProcesses(ClusterState state) => _state = state;

    /// <summary>The node ids of the brokers.</summary>
    public IReadOnlyList<int> Brokers => _state.Change(() => _state.Brokers.All.Select(broker => broker.Id).ToList());

    /// <summary>The node ids of the controllers.</summary>
    public IReadOnlyList<int> Controllers => _state.Change(() => _state.Quorum.Controllers.Keys.ToList());

    /// <summary>
    /// When something happens next in the cluster by itself, such as a start that is done; null where nothing is under way. Who runs the
    /// pods looks again then.
    /// </summary>
    public DateTimeOffset? NextChange => _state.Next();

    /// <summary>The process of a node.</summary>
    /// <exception cref="KafkaRefusalException">There is no such node.</exception>
    public NodeProcess Read(int node) => _state.Change(() => Read(Find(node)));

    /// <summary>Starts the process of a node; one that has one already keeps it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="version">The release of Kafka to run. Default: the one that ran last.</param>
    /// <exception cref="KafkaRefusalException">There is no such node, or the release is not known.</exception>
    public void Start(int node, string? version = null) => _state.Change(() =>
    {
        Node found = Find(node);
        if (found.Phase != ProcessPhase.Ended)
        {
            return;
        }

        found.Version = version is null ? found.Version : Known(version);
        if (found is Broker broker)
        {
            _state.Brokers.Start(broker);
        }
        else
        {
            _state.Quorum.Start((Controller)found);
        }
    });

    /// <summary>
    /// Sends a process SIGTERM: a broker gives its partitions away, a controller its leadership, and the process ends soon after.
    /// </summary>
    /// <exception cref="KafkaRefusalException">There is no such node.</exception>
    public void Stop(int node) => _state.Change(() =>
    {
        switch (Find(node))
        {
            case Broker { Phase: not ProcessPhase.Ended and not ProcessPhase.Stopping } broker:
                _state.Brokers.Stop(broker);
                break;
            case Controller { Phase: not ProcessPhase.Ended and not ProcessPhase.Stopping } controller:
                _state.Quorum.Stop(controller);
                break;
        }
    });

    /// <summary>Ends a process with SIGKILL; a broker then recovers its log when it starts again.</summary>
    /// <exception cref="KafkaRefusalException">There is no such node.</exception>
    public void Kill(int node) => _state.Change(() =>
    {
        switch (Find(node))
        {
            case Broker { Phase: not ProcessPhase.Ended } broker:
                _state.Brokers.Kill(broker);
                break;
            case Controller { Phase: not ProcessPhase.Ended } controller:
                _state.Quorum.Kill(controller);
                break;
        }
    });

    private static NodeProcess Read(Node node) => new(node.Id, node.Version, node.Phase, node.Exit);

    private static string Known(string version)
    {
        _ = Features.KafkaRelease.Of(version);
        return version;
    }

    private Node Find(int node) => (Node?)_state.Brokers.Find(node) ?? _state.Quorum.Controllers.GetValueOrDefault(node)
        ?? throw new KafkaRefusalException("BrokerIdNotRegistered", $"The cluster has no node {node}.");
}
