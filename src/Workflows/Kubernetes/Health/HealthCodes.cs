using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kubernetes.Health;

/// <summary>The codes of what a health check finds on a Kubernetes cluster.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
[ReasonTable("Findings")]
public static class HealthCodes
{
    /// <summary>A check of the API server itself fails.</summary>
    [Reason("A check that the API server makes of itself fails.", "Read the API server's log; where it is `etcd`, look at etcd first.")]
    public const string ApiCheckFailed = "API_CHECK_FAILED";

    /// <summary>A component of the control plane does not renew its lease.</summary>
    [Reason(
        "The scheduler or the controller manager has not renewed its lease for twice its duration: it does not work.",
        "Look at its pods in `kube-system` and their logs. Until it is back, nothing is scheduled, or no controller acts.")]
    public const string LeaseStale = "LEASE_STALE";

    /// <summary>A node is not Ready.</summary>
    [Reason(
        "A node is not Ready, or its kubelet does not report any more.",
        "Look at the node: kubelet, container runtime, network, disk. Its pods are moved after their toleration, 5 minutes by default.")]
    public const string NodeNotReady = "NODE_NOT_READY";

    /// <summary>A node is short of something.</summary>
    [Reason("A node is short of memory, disk or process ids: its kubelet evicts pods.", "Find out what uses it up, or take load away.")]
    public const string NodePressure = "NODE_PRESSURE";

    /// <summary>A node has no network.</summary>
    [Reason("The network of a node is not set up.", "Look at the pods of the network plugin on that node.")]
    public const string NodeNetwork = "NODE_NETWORK_UNAVAILABLE";

    /// <summary>A node takes no new pods.</summary>
    [Reason("A node is cordoned: it takes no new pods.", "Ask whoever did it. If it is no longer needed: `kubectl uncordon <node>`.")]
    public const string NodeCordoned = "NODE_CORDONED";

    /// <summary>A kubelet's version does not fit the API server's.</summary>
    [Reason(
        "A kubelet is newer than the API server, or more than three minor versions older; neither is supported.",
        "Upgrade the older of the two.")]
    public const string KubeletSkew = "KUBELET_SKEW";

    /// <summary>A container waits and does not start.</summary>
    [Reason("A container does not start: it crashes, its image cannot be pulled, or its configuration is wrong.",
        "Read the reason in the sentence; `kubectl logs --previous` shows the last words of a container that crashes.")]
    public const string ContainerWaiting = "CONTAINER_WAITING";

    /// <summary>A pod waits for a node.</summary>
    [Reason("A pod is Pending for longer than `pending-after`.", "The sentence has the scheduler's reason: make room, or correct the pod.")]
    public const string PodPending = "POD_PENDING";

    /// <summary>A pod does not end.</summary>
    [Reason(
        "A pod is Terminating for five minutes longer than its grace period.",
        "Look at its node and its finalizers. Do not force it away before you know that its container has stopped.")]
    public const string PodStuck = "POD_STUCK_TERMINATING";

    /// <summary>A pod restarts again and again.</summary>
    [Reason("A pod restarted `restart-threshold` times or more within `restart-window`.", "Read its previous log and its exit code.")]
    public const string PodRestarts = "POD_RESTARTS";

    /// <summary>A pod has failed.</summary>
    [Reason("A pod that no Job made has failed, as after an eviction.", "Find out why; delete it when that is clear.")]
    public const string PodFailed = "POD_FAILED";

    /// <summary>A workload has fewer ready pods than it should have.</summary>
    [Reason("A Deployment, StatefulSet or DaemonSet has fewer ready pods than it asks for.",
        "Look at its pods: the findings of the section `pods` name them.")]
    public const string WorkloadNotReady = "WORKLOAD_NOT_READY";

    /// <summary>A disruption budget lets no pod go.</summary>
    [Reason("A disruption budget has allowed no disruption for over an hour: it blocks every drain.",
        "Bring the missing pods back, or correct a budget that asks for all of them.")]
    public const string BudgetBlocks = "PDB_BLOCKS";

    /// <summary>Two disruption budgets select one pod.</summary>
    [Reason("Two disruption budgets select the same pod: the API server refuses every eviction of it.",
        "Delete one, or correct its selector.")]
    public const string BudgetsOverlap = "PDB_OVERLAP";

    /// <summary>A claim has no volume.</summary>
    [Reason("A claim is Pending for longer than `pending-after`, or has lost its volume.",
        "Pending: look at its storage class and its events. Lost: the volume is gone, and with it the data; see the backup.")]
    public const string ClaimUnbound = "CLAIM_UNBOUND";

    /// <summary>A claim has the storage class of an example.</summary>
    [Reason("A claim has the storage class `dummy`, as in examples: nothing provisions it.", "Give it a storage class that exists.")]
    public const string ClaimClassDummy = "CLAIM_CLASS_DUMMY";

    /// <summary>A volume has failed.</summary>
    [Reason(
        "The recycling or deletion of a volume failed.",
        "Read the volume's `status.message`; delete it by hand once its data is safe.")]
    public const string VolumeFailed = "VOLUME_FAILED";

    /// <summary>A volume is no longer claimed.</summary>
    [Reason("A volume is Released: its claim is gone and its data is still there. That is what the policy `Retain` is for.",
        "Nothing, unless the data is no longer needed.")]
    public const string VolumeReleased = "VOLUME_RELEASED";

    /// <summary>The volume of a Kafka claim goes with its claim.</summary>
    [Reason("A volume of Kafka has the reclaim policy `Delete`: its data goes with the claim.",
        "`kubectl patch pv <name> -p '{\"spec\":{\"persistentVolumeReclaimPolicy\":\"Retain\"}}'`.")]
    public const string VolumeOfKafkaDeletes = "VOLUME_OF_KAFKA_DELETES";

    /// <summary>A node with volumes has no driver for them.</summary>
    [Reason("A node has attached volumes and no CSI driver registered: they can be neither mounted nor detached there.",
        "Look at the pods of the CSI driver on that node.")]
    public const string CsiNodeMissing = "CSI_NODE_MISSING";

    /// <summary>Something warned.</summary>
    [Reason("Events of type Warning, grouped by reason and object. They are symptoms; alone they make no verdict.",
        "Read the message.")]
    public const string WarningEvents = "WARNING_EVENTS";

    /// <summary>A hold on the operator has been left.</summary>
    [Reason("An annotation that holds the operator, or switches a check of it off, is older than two hours.",
        "Ask whoever set it; the sentence says who. If it is no longer needed: `kubectl annotate <resource> <annotation>-`.")]
    public const string HoldLeft = "HOLD_LEFT";

    /// <summary>A lock is held for a run that has ended.</summary>
    [Reason("A lock is still held by a change whose run has ended without giving it back, and without putting back what it changed.",
        "Finish by hand what its journal names; `sop status` of the change shows it. Then two people break the lock.")]
    public const string LockLeft = "LOCK_LEFT";

    /// <summary>A certificate ends soon.</summary>
    [Reason("A certificate has ended, or ends within `cert-warn`.", "Renew it; where cert-manager does that, find out why it has not.")]
    public const string CertificateEnds = "CERTIFICATE_ENDS";

    /// <summary>A secret of a certificate has none.</summary>
    [Reason("A secret of type `kubernetes.io/tls` has a certificate that cannot be read.", "Create the secret anew.")]
    public const string CertificateUnreadable = "CERTIFICATE_UNREADABLE";
}
