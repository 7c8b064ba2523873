using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>The codes of what a Kafka cluster itself shows.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class KafkaCodes
{
    /// <summary>The Kafka cluster cannot be read.</summary>
    [Reason(
        "Kafka, or a part of it, could not be read. A change is blocked while something cannot be read. Where no broker answers, "
            + "the sentence says for each address what was found instead: nothing, a server that sends nothing, HTTP, TLS or no TLS "
            + "contrary to `KafkaSecurity`, a certificate from an unknown authority or for other names.",
        "Make the address in the sentence reachable from the worker: the brokers, and the Jolokia port of the pods.")]
    public const string KafkaUnreachable = "KAFKA_UNREACHABLE";

    /// <summary>Kafka does not let the worker's user in, or denies it a right: what it may not see is not known.</summary>
    [Reason(
        "Kafka refuses the login, or denies the worker's user a right, so that what it may not see is unknown. The sentence names "
            + "the operation. As a failure it is retried, since rights may be granted meanwhile.",
        "Correct the login, or give the user the right that the sentence names.")]
    public const string KafkaDenied = "KAFKA_DENIED";

    /// <summary>The KRaft quorum has no leader.</summary>
    [Reason("The KRaft quorum has no leader.", "Look at the controllers before anything else: no metadata can change.")]
    public const string QuorumNoLeader = "QUORUM_NO_LEADER";

    /// <summary>A voter of the KRaft quorum is not caught up.</summary>
    [Reason(
        "A voter does not answer, is more than 1,000 records behind the leader, or has not caught up with it for 2 s.",
        "Look at that controller's log, disk and network.")]
    public const string QuorumLagging = "QUORUM_LAGGING";

    /// <summary>The quorum's voters are not those that the resource names.</summary>
    [Reason(
        "The voters of the quorum are not those of the resource.",
        "Find the extra or missing controller. Do not restart any until that is clear.")]
    public const string VotersMismatch = "VOTERS_MISMATCH";

    /// <summary>The quorum has one voter: it is gone while that one restarts.</summary>
    [Reason(
        "The quorum has one voter. While it restarts, no metadata can change.",
        "Add controllers, or accept it with `accept-quorum-loss=true`, which raises the tier.")]
    public const string QuorumSingle = "QUORUM_SINGLE";

    /// <summary>A broker of the resource's range is not registered.</summary>
    [Reason(
        "Brokers that should be there are not registered.",
        "Look at the pods of those ids. A broker that is recovering its log registers afterwards.")]
    public const string BrokersMissing = "BROKERS_MISSING";

    /// <summary>Replicas are being moved.</summary>
    [Reason("Replicas are being moved.", "Wait until they have moved, or cancel it.")]
    public const string ReassignmentRunning = "REASSIGNMENT_RUNNING";

    /// <summary>A partition has no leader.</summary>
    [Reason("Partitions have no leader.", "Bring back a broker that holds an in-sync replica.")]
    public const string PartitionsOffline = "PARTITIONS_OFFLINE";

    /// <summary>A partition has fewer in-sync replicas than its min.insync.replicas.</summary>
    [Reason(
        "Partitions have fewer in-sync replicas than `min.insync.replicas`: they accept no writes with `acks=all`.",
        "Bring back the replicas that are missing in the ISR.")]
    public const string PartitionsUnderMinIsr = "PARTITIONS_UNDER_MIN_ISR";

    /// <summary>A partition has fewer in-sync replicas than replicas.</summary>
    [Reason(
        "Partitions have replicas that are not in sync.",
        "Wait until they have caught up. If they do not, look at the brokers that are missing in the ISR.")]
    public const string PartitionsUnderReplicated = "PARTITIONS_UNDER_REPLICATED";

    /// <summary>A topic has no more replicas than its min.insync.replicas: it is unavailable for writes while one restarts.</summary>
    [Reason(
        "A topic has no replica to spare: it accepts no writes while one restarts. With a single replica it is offline meanwhile, "
            + "also for reads. Ten topics are named, the rest are counted.",
        "Raise its replication factor, lower its `min.insync.replicas`, or accept it by name with `accept-unavailable=<topic>`, "
            + "which raises the tier.")]
    public const string RfNotAboveMinIsr = "RF_NOT_ABOVE_MIN_ISR";

    /// <summary>The cluster has no such broker or pod.</summary>
    [Reason("The cluster has no such broker, controller or pod.", "Use one of those in the sentence. Controllers begin at 9990.")]
    public const string BrokerUnknown = "BROKER_UNKNOWN";

    /// <summary>A broker recovers its log; it is not to be touched.</summary>
    [Reason(
        "The broker is recovering its log after an unclean stop; a restart would start that over.",
        "Wait until the recovery is done.")]
    public const string BrokerRecovering = "BROKER_RECOVERING";

    /// <summary>A partition of the broker has no leader.</summary>
    [Reason("A partition of the broker has no leader.", "Bring back a broker that holds an in-sync replica.")]
    public const string PartitionLeaderless = "PARTITION_LEADERLESS";

    /// <summary>A partition would have fewer in-sync replicas than its min.insync.replicas without the broker.</summary>
    [Reason(
        "A partition would have fewer in-sync replicas than its `min.insync.replicas` without the broker.",
        "Wait until the other replicas have caught up.")]
    public const string PartitionAtMinIsr = "PARTITION_AT_MIN_ISR";

    /// <summary>Without the controller too few voters are caught up.</summary>
    [Reason("Without the controller, too few voters are caught up.", "Repair the others first.")]
    public const string QuorumWouldBreak = "QUORUM_WOULD_BREAK";

    /// <summary>Log folders of a broker have failed.</summary>
    [Reason("Log folders of a broker have failed.", "Replace the disk, or take the folder out of the broker's configuration.")]
    public const string LogDirsFailed = "LOG_DIRS_FAILED";

    /// <summary>A broker has little room left on a disk.</summary>
    [Reason(
        "The volume of a broker's log folder is more than 85 % full: a broker that comes back may run out of room while it catches "
            + "up. A warning where the brokers do not report it, as before Kafka 3.3.",
        "Lower the retention of its largest topics, enlarge the volume, or move partitions to other brokers first.")]
    public const string DiskLow = "DISK_LOW";

    /// <summary>Topics are throttled for a move of replicas that is over.</summary>
    [Reason(
        "Topics are throttled although no replica is being moved: a restarted broker may never catch up.",
        "`kafka-reassign-partitions --verify` of the old move removes it; otherwise delete `leader.replication.throttled.replicas` "
            + "and `follower.replication.throttled.replicas` of the topics.")]
    public const string ThrottleLeft = "THROTTLE_LEFT";

    /// <summary>Not exactly one controller says that it is the active one.</summary>
    [Reason(
        "No controller, or more than one, claims to be the active one.",
        "Read the log of the controller that leads the quorum. Restart none until exactly one is active.")]
    public const string ActiveControllers = "ACTIVE_CONTROLLERS";

    /// <summary>Nothing that lasts says which Kafka cluster it is.</summary>
    [Reason(
        "Neither the inventory nor the `KRaftController` gives the Kafka cluster id, so it cannot be locked.",
        "Set `Orchestrator:Clusters:<cluster>:KafkaClusterIds:<name>`, or wait until the operator has written `status.clusterID`.")]
    public const string KafkaUnidentified = "KAFKA_UNIDENTIFIED";
}
