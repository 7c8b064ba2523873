using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>What can go wrong in a cluster in the box. What somebody holds or cuts stays so until it is let go.</summary>
public sealed class KafkaFaults
{
    private readonly ClusterState _state;

    internal KafkaFaults(ClusterState state) => _state = state;

    /// <summary>Makes a broker catch up more slowly, or faster.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="factor">How many times as fast as others; 0: not at all; 1: as they do.</param>
    /// <exception cref="KafkaRefusalException">There is no such broker, or the factor is negative.</exception>
    public void SlowCatchUp(int broker, double factor) => _state.Change(() =>
    {
        if (factor < 0)
        {
            throw new KafkaRefusalException("InvalidRequest", $"A broker cannot catch up {factor} times as fast as others.");
        }

        Broker found = Broker(broker);
        found.CatchUpFactor = factor;
        _state.Replication.Fetch(found);
    });

    /// <summary>
    /// Keeps the replica of a partition from fetching, so that it leaves the ISR when it has lagged for too long. A leader does not fetch:
    /// one that leads gives the lead to another replica that is in sync first.
    /// </summary>
    /// <exception cref="KafkaRefusalException">There is no such replica, or it leads and no other is in sync.</exception>
    public void HoldReplica(string topic, int partition, int broker) => _state.Change(() =>
    {
        (Partition found, Replica replica) = Replica(topic, partition, broker);
        if (found.Leader == broker && !_state.Leadership.StepDown(found))
        {
            throw new KafkaRefusalException(
                "InvalidRequest",
                $"Broker {broker} leads {topic}-{partition}, and no other replica is in sync to lead in its place: the leader of a "
                + "partition is always in sync.");
        }

        replica.IsHeld = true;
        _state.Replication.Leave(found, broker);
    });

    /// <summary>Lets a replica fetch again.</summary>
    /// <exception cref="KafkaRefusalException">There is no such replica.</exception>
    public void ReleaseReplica(string topic, int partition, int broker) => _state.Change(() =>
    {
        Replica(topic, partition, broker).Replica.IsHeld = false;
        _state.Replication.Fetch(Broker(broker));
    });

    /// <summary>Cuts the clients' way to a broker; its process and its replicas go on.</summary>
    /// <exception cref="KafkaRefusalException">There is no such broker.</exception>
    public void CutListener(int broker) => Cut(broker, true);

    /// <summary>Mends the clients' way to a broker.</summary>
    /// <exception cref="KafkaRefusalException">There is no such broker.</exception>
    public void MendListener(int broker) => Cut(broker, false);

    /// <summary>Cuts a controller off from the others: it runs and does not vote. Of a majority, the quorum has no leader.</summary>
    /// <exception cref="KafkaRefusalException">There is no such controller.</exception>
    public void CutOffController(int controller) => _state.Change(() => _state.Quorum.CutOff(Controller(controller), true));

    /// <summary>Lets the others hear a controller again.</summary>
    /// <exception cref="KafkaRefusalException">There is no such controller.</exception>
    public void JoinController(int controller) => _state.Change(() => _state.Quorum.CutOff(Controller(controller), false));

    /// <summary>Keeps a controller that does not lead from following the log.</summary>
    /// <exception cref="KafkaRefusalException">There is no such controller.</exception>
    public void HoldController(int controller) => _state.Change(() => _state.Quorum.Hold(Controller(controller), true));

    /// <summary>Lets a controller follow the log again.</summary>
    /// <exception cref="KafkaRefusalException">There is no such controller.</exception>
    public void ReleaseController(int controller) => _state.Change(() => _state.Quorum.Hold(Controller(controller), false));

    /// <summary>Fills the volumes of a broker with something that is not Kafka's.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="usedPercent">
    /// How full they are then. At 100 the log folders fail, and the broker ends; it ends again as long as there is no room.
    /// </param>
    /// <exception cref="KafkaRefusalException">There is no such broker.</exception>
    public void FillDisk(int broker, int usedPercent) => _state.Change(() =>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(usedPercent);
        Broker found = Broker(broker);
        foreach (LogFolder folder in found.Folders)
        {
            folder.OtherBytes = Math.Max(0, (folder.TotalBytes / 100 * Math.Min(usedPercent, 100)) - Held(found, folder));
            folder.IsBroken = false;
            if (usedPercent >= 100)
            {
                _state.Brokers.FailFolder(found, folder);
            }
        }
    });

    /// <summary>Has a log folder of a broker fail, as a disk does that returns errors.</summary>
    /// <param name="broker">The broker.</param>
    /// <param name="folder">Which of its folders, from 0.</param>
    /// <exception cref="KafkaRefusalException">There is no such broker or folder.</exception>
    public void FailFolder(int broker, int folder) => _state.Change(() => _state.Brokers.FailFolder(
        Broker(broker),
        Broker(broker).Folders.ElementAtOrDefault(folder)
            ?? throw new KafkaRefusalException("LogDirNotFound", $"Broker {broker} has no log folder {folder}.")));

    /// <summary>Puts new, empty volumes in place of those of a broker whose process has ended: what was on them is gone.</summary>
    /// <exception cref="KafkaRefusalException">There is no such broker, or it runs.</exception>
    public void ReplaceDisks(int broker) => _state.Change(() =>
    {
        Broker found = Broker(broker);
        if (found.Phase != ProcessPhase.Ended)
        {
            throw new KafkaRefusalException("InvalidRequest", $"Broker {broker} runs.");
        }

        foreach (LogFolder folder in found.Folders)
        {
            (folder.IsBroken, folder.HasFailed, folder.OtherBytes) = (false, false, 0);
        }

        foreach (Partition partition in found.Hosted)
        {
            Replica replica = partition.Logs[broker];
            (replica.End, replica.Missing) = (0, partition.Topic.Bytes);
        }
    });

    internal static long Held(Broker broker, LogFolder folder) => broker.Hosted
        .Where(partition => broker.FolderOf(partition) == folder)
        .Sum(partition => partition.SizeBytes - (long)Replication.Behind(partition, partition.Logs[broker.Id]));

    private void Cut(int broker, bool isCut) => _state.Change(() =>
    {
        Broker found = Broker(broker);
        foreach (Partition partition in found.Hosted)
        {
            _state.Replication.Count(partition);
        }

        found.IsCut = isCut;
    });

    private Broker Broker(int id) => _state.Brokers.Find(id)
        ?? throw new KafkaRefusalException("BrokerIdNotRegistered", $"The cluster has no broker {id}.");

    private Controller Controller(int id) => _state.Quorum.Controllers.GetValueOrDefault(id)
        ?? throw new KafkaRefusalException("BrokerIdNotRegistered", $"The cluster has no controller {id}.");

    private (Partition Partition, Replica Replica) Replica(string topic, int partition, int broker)
    {
        Partition? found = _state.Topics.GetValueOrDefault(topic)?.Partitions.ElementAtOrDefault(partition);
        return found?.Logs.GetValueOrDefault(broker) is { } replica
            ? (found, replica)
            : throw new KafkaRefusalException("UnknownTopicOrPart", $"Broker {broker} has no replica of {topic}-{partition}.");
    }
}
