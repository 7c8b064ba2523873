namespace Orchestrator.Workflows.ChangeControl;

/// <summary>The stable codes of refusals. They are printed, searched for and documented; none is ever renamed.</summary>
public static class ReasonCodes
{
    /// <summary>A field of the input breaks its rule.</summary>
    public const string InputInvalid = "INPUT_INVALID";

    /// <summary>The inventory has no cluster of that name.</summary>
    public const string TargetUnknown = "TARGET_UNKNOWN";

    /// <summary>The Kubernetes API of the cluster does not answer.</summary>
    public const string TargetUnreachable = "TARGET_UNREACHABLE";

    /// <summary>Behind the cluster's name is another cluster than the one that the inventory means.</summary>
    public const string TargetMismatch = "TARGET_MISMATCH";

    /// <summary>Another installation has locks on the cluster, and neither sees the changes of the other.</summary>
    public const string OtherInstallation = "OTHER_INSTALLATION";

    /// <summary>The object that the change is aimed at does not exist.</summary>
    public const string TargetNotFound = "TARGET_NOT_FOUND";

    /// <summary>Kubernetes denies a right that the procedure needs.</summary>
    public const string RbacMissing = "RBAC_MISSING";

    /// <summary>The requester's name is not verified, and the policy requires that.</summary>
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The store of evidence cannot be written.</summary>
    public const string AuditUnavailable = "AUDIT_UNAVAILABLE";

    /// <summary>The plan is not the one that was approved or expected.</summary>
    public const string PlanChanged = "PLAN_CHANGED";

    /// <summary>The people that the configuration names cannot give the approvals that the tier needs.</summary>
    public const string QuorumImpossible = "QUORUM_IMPOSSIBLE";

    /// <summary>The namespace is being deleted.</summary>
    public const string NamespaceTerminating = "NAMESPACE_TERMINATING";

    /// <summary>No available Confluent operator covers the namespace.</summary>
    public const string OperatorMissing = "OPERATOR_MISSING";

    /// <summary>A resource's phase is not RUNNING.</summary>
    public const string CrNotRunning = "CR_NOT_RUNNING";

    /// <summary>A resource's condition <c>platform.confluent.io/cluster-ready</c> is not True.</summary>
    public const string CrNotReady = "CR_NOT_READY";

    /// <summary>The operator has not yet seen the newest generation of a resource.</summary>
    public const string CrStale = "CR_STALE";

    /// <summary>An annotation that switches the operator off, or its checks, is left on a resource.</summary>
    public const string ReconcileBlocked = "RECONCILE_BLOCKED";

    /// <summary>Pods of a resource are at different revisions: a roll is under way.</summary>
    public const string RollInProgress = "ROLL_IN_PROGRESS";

    /// <summary>The StatefulSet holds back pods from a roll.</summary>
    public const string RollUnsupported = "ROLL_UNSUPPORTED";

    /// <summary>Fewer pods are Ready than the resource asks for.</summary>
    public const string PodNotReady = "POD_NOT_READY";

    /// <summary>A pod is being deleted.</summary>
    public const string PodTerminating = "POD_TERMINATING";

    /// <summary>A pod's node is cordoned or not Ready: a restarted pod may not come back there.</summary>
    public const string NodesFull = "NODES_FULL";

    /// <summary>The Kafka cluster cannot be read.</summary>
    public const string KafkaUnreachable = "KAFKA_UNREACHABLE";

    /// <summary>Kafka does not let the worker's user in, or denies it a right: what it may not see is not known.</summary>
    public const string KafkaDenied = "KAFKA_DENIED";

    /// <summary>The KRaft quorum has no leader.</summary>
    public const string QuorumNoLeader = "QUORUM_NO_LEADER";

    /// <summary>A voter of the KRaft quorum is not caught up.</summary>
    public const string QuorumLagging = "QUORUM_LAGGING";

    /// <summary>The quorum's voters are not those that the resource names.</summary>
    public const string VotersMismatch = "VOTERS_MISMATCH";

    /// <summary>The quorum has one voter: it is gone while that one restarts.</summary>
    public const string QuorumSingle = "QUORUM_SINGLE";

    /// <summary>A broker of the resource's range is not registered.</summary>
    public const string BrokersMissing = "BROKERS_MISSING";

    /// <summary>Replicas are being moved.</summary>
    public const string ReassignmentRunning = "REASSIGNMENT_RUNNING";

    /// <summary>A partition has no leader.</summary>
    public const string PartitionsOffline = "PARTITIONS_OFFLINE";

    /// <summary>A partition has fewer in-sync replicas than its min.insync.replicas.</summary>
    public const string PartitionsUnderMinIsr = "PARTITIONS_UNDER_MIN_ISR";

    /// <summary>A partition has fewer in-sync replicas than replicas.</summary>
    public const string PartitionsUnderReplicated = "PARTITIONS_UNDER_REPLICATED";

    /// <summary>A topic has no more replicas than its min.insync.replicas: it is unavailable for writes while one restarts.</summary>
    public const string RfNotAboveMinIsr = "RF_NOT_ABOVE_MIN_ISR";

    /// <summary>The operator did not begin the roll that was asked of it.</summary>
    public const string OperatorIdle = "OPERATOR_IDLE";

    /// <summary>A roll made no progress for too long.</summary>
    public const string RollStalled = "ROLL_STALLED";

    /// <summary>A roll endangers the cluster.</summary>
    public const string RollBreach = "ROLL_BREACH";

    /// <summary>The cluster has no such broker or pod.</summary>
    public const string BrokerUnknown = "BROKER_UNKNOWN";

    /// <summary>A broker recovers its log; it is not to be touched.</summary>
    public const string BrokerRecovering = "BROKER_RECOVERING";

    /// <summary>A pod is to be repaired that is Ready.</summary>
    public const string RepairNotNeeded = "REPAIR_NOT_NEEDED";

    /// <summary>A pod crashes at the revision that it would get again: a restart does not help.</summary>
    public const string SameRevisionCrash = "SAME_REVISION_CRASH";

    /// <summary>A partition of the broker has no leader.</summary>
    public const string PartitionLeaderless = "PARTITION_LEADERLESS";

    /// <summary>A partition would have fewer in-sync replicas than its min.insync.replicas without the broker.</summary>
    public const string PartitionAtMinIsr = "PARTITION_AT_MIN_ISR";

    /// <summary>Without the controller too few voters are caught up.</summary>
    public const string QuorumWouldBreak = "QUORUM_WOULD_BREAK";

    /// <summary>A disruption budget does not let the pod go.</summary>
    public const string EvictionRefused = "EVICTION_REFUSED";

    /// <summary>A run under way has no answer to a call: an outage, which it waits for.</summary>
    public const string WorldAway = "WORLD_AWAY";

    /// <summary>The workflow that watches a roll has ended without an answer.</summary>
    public const string SupervisionLost = "SUPERVISION_LOST";

    /// <summary>A newer fencing token is on the cluster: another change has the lock, or a person broke it.</summary>
    public const string Fenced = "FENCED";

    /// <summary>The approval was good for a time that is over.</summary>
    public const string ApprovalOutdated = "APPROVAL_OUTDATED";

    /// <summary>A GitOps controller applies the resource, and reverts what the change writes.</summary>
    public const string GitopsOwned = "GITOPS_OWNED";

    /// <summary>Log folders of a broker have failed.</summary>
    public const string LogDirsFailed = "LOG_DIRS_FAILED";

    /// <summary>A broker has little room left on a disk.</summary>
    public const string DiskLow = "DISK_LOW";

    /// <summary>A ResourceQuota leaves no room for a pod that is to come back.</summary>
    public const string QuotaFull = "QUOTA_FULL";

    /// <summary>Topics are throttled for a move of replicas that is over.</summary>
    public const string ThrottleLeft = "THROTTLE_LEFT";

    /// <summary>Not exactly one controller says that it is the active one.</summary>
    public const string ActiveControllers = "ACTIVE_CONTROLLERS";

    /// <summary>Putting back what the plan changes takes longer than the tier allows.</summary>
    public const string RollbackSlaUnreachable = "ROLLBACK_SLA_UNREACHABLE";

    /// <summary>The clocks of the worker and of the cluster are too far apart.</summary>
    public const string ClockSkew = "CLOCK_SKEW";

    /// <summary>The alerts of the cluster cannot be read.</summary>
    public const string AlertsUnreadable = "ALERTS_UNREADABLE";

    /// <summary>Critical alerts fire.</summary>
    public const string CriticalAlert = "CRITICAL_ALERT";

    /// <summary>An approver revoked their vote before the plan ran.</summary>
    public const string ApprovalRevoked = "APPROVAL_REVOKED";

    /// <summary>An activity that writes was called by whoever may not, or for an act that no approved plan has.</summary>
    public const string ActNotAllowed = "ACT_NOT_ALLOWED";

    /// <summary>An approval says that it is granted, and its votes do not add up to that.</summary>
    public const string ApprovalUnproven = "APPROVAL_UNPROVEN";

    /// <summary>Nothing that lasts says which Kafka cluster it is.</summary>
    public const string KafkaUnidentified = "KAFKA_UNIDENTIFIED";

    /// <summary>The audit chain on the disk is not the one of the run.</summary>
    public const string AuditChainConflict = "AUDIT_CHAIN_CONFLICT";
}
