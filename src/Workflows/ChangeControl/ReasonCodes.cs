namespace Orchestrator.Workflows.ChangeControl;

/// <summary>The stable codes of the frame, which every procedure can end with.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class ReasonCodes
{
    /// <summary>A field of the input breaks its rule.</summary>
    [Reason(
        "A field is not valid, unknown, or cannot be read. There is one sentence for each.",
        "Correct the fields. `sop describe` shows all keys and defaults.")]
    public const string InputInvalid = "INPUT_INVALID";

    /// <summary>The inventory has no cluster of that name.</summary>
    [Reason(
        "The inventory has no cluster of that name.",
        "Use one of the names in the sentence, or add the cluster to the worker's kubeconfig or configuration.")]
    public const string TargetUnknown = "TARGET_UNKNOWN";

    /// <summary>The Kubernetes API of the cluster does not answer.</summary>
    [Reason(
        "The Kubernetes API did not answer, or is not ready.",
        "Check the network from the worker, the address, and the credentials of the context.")]
    public const string TargetUnreachable = "TARGET_UNREACHABLE";

    /// <summary>Behind the cluster's name is another cluster than the one that the inventory means.</summary>
    [Reason(
        "The cluster's name leads to a different cluster: the UID of its namespace `kube-system` is not the `ClusterUid` of the "
            + "inventory, or not the one that the change was planned for; or the Kafka cluster's id is not the one in the inventory or "
            + "its `KRaftController`. The sentence names both. Nothing was written there.",
        "Correct the context in the kubeconfig, the bootstrap servers, or the inventory.")]
    public const string TargetMismatch = "TARGET_MISMATCH";

    /// <summary>Another installation has locks on the cluster, and neither sees the changes of the other.</summary>
    [Reason(
        "Another installation of Orchestrator has locks on the cluster. Neither sees the changes of the other, so both would give "
            + "out the same lock. The sentence names it. Nothing was written there.",
        "Start the change there. If that installation is gone for good, remove the annotation that the sentence names: [the "
            + "store](store.md).")]
    public const string OtherInstallation = "OTHER_INSTALLATION";

    /// <summary>The object that the change is aimed at does not exist.</summary>
    [Reason(
        "The namespace, the resource or the controllers it names do not exist.",
        "Compare the name with those in the sentence. The resource must be of `platform.confluent.io`; one of another operator does"
            + " not count.")]
    public const string TargetNotFound = "TARGET_NOT_FOUND";

    /// <summary>Kubernetes denies a right that the procedure needs.</summary>
    [Reason("Kubernetes denies a right.", "Give the worker's account the verb and the resource that the sentence names.")]
    public const string RbacMissing = "RBAC_MISSING";

    /// <summary>The requester's name is not verified, and the policy requires that.</summary>
    [Reason(
        "The name of the requester is not verified, and the profile of the installation requires that.",
        "Use an installation with the profile `laptop`, which accepts unverified names.")]
    public const string ActorUnverified = "ACTOR_UNVERIFIED";

    /// <summary>The store of evidence cannot be written.</summary>
    [Reason(
        "The worker cannot reach or write the store of evidence: the PostgreSQL database of `Orchestrator:Store:PostgreSql`, else "
            + "the folder of `Orchestrator:Evidence:Folder`.",
        "Bring the database back, free disk space, or give the worker write access. Where the sentence names a migration: `sop "
            + "store migrate`, as the owner of the schema.")]
    public const string AuditUnavailable = "AUDIT_UNAVAILABLE";

    /// <summary>The plan is not the one that was approved or expected.</summary>
    [Reason(
        "The plan is not the one that was expected or approved, or a field was not as planned when it was to be written, or "
            + "somebody reverted the trigger of a roll.",
        "Read the differences. If they are meant, plan again. If not, find who writes the object: a colleague, GitOps, a script.")]
    public const string PlanChanged = "PLAN_CHANGED";

    /// <summary>The people that the configuration names cannot give the approvals that the tier needs.</summary>
    [Reason(
        "Without the requester, the configured people are too few for the approvals of the tier.",
        "Assign the role to more people, or let somebody else request it.")]
    public const string QuorumImpossible = "QUORUM_IMPOSSIBLE";

    /// <summary>A run under way has no answer to a call: an outage, which it waits for.</summary>
    [Reason(
        "A call of the run gets no answer: an API server, Kafka or the workers are down or unreachable. The call is retried without"
            + " end.",
        "Bring back what the sentence names; the run then continues by itself. `sop abort` ends it; a roll that was started is then"
            + " watched or held.",
        IsFailure = true)]
    public const string WorldAway = "WORLD_AWAY";

    /// <summary>A newer fencing token is on the cluster: another change has the lock, or a person broke it.</summary>
    [Reason(
        "A newer fencing token is on the cluster: another change has the lock, or two people broke it. Or the token there is not "
            + "the run's own, as after a reset to a point after the lock. Nothing more was changed.",
        "Look at `sop locks` for who has it and why. What this change left is in its journal.",
        IsFailure = true)]
    public const string Fenced = "FENCED";

    /// <summary>The approval was good for a time that is over.</summary>
    [Reason(
        "The approval is no longer valid. The change asks for votes again, on a fresh plan; the second time it expires.",
        "Vote again.")]
    public const string ApprovalOutdated = "APPROVAL_OUTDATED";

    /// <summary>Putting back what the plan changes takes longer than the tier allows.</summary>
    [Reason(
        "Undoing what the plan changes is expected to take longer than its tier allows.",
        "Request it one tier higher, with `--tier-at-least`.")]
    public const string RollbackSlaUnreachable = "ROLLBACK_SLA_UNREACHABLE";

    /// <summary>The clocks of the worker and of the cluster are too far apart.</summary>
    [Reason(
        "The clocks of the worker and of the API server are more than 5 s apart. Times in evidence, approvals and tokens would be "
            + "wrong.",
        "Fix the time synchronisation (NTP) of the one that is wrong.")]
    public const string ClockSkew = "CLOCK_SKEW";

    /// <summary>The alerts of the cluster cannot be read.</summary>
    [Reason(
        "The Alertmanager of the cluster does not answer, or the inventory has none: unknown is not green. A warning where the "
            + "inventory says `none`.",
        "Make it reachable from the worker, or set `Orchestrator:Clusters:<name>:Alertmanager:Url`.")]
    public const string AlertsUnreadable = "ALERTS_UNREADABLE";

    /// <summary>Critical alerts fire.</summary>
    [Reason(
        "A critical alert of the namespace, or of a node that the change reaches, is firing. In a plan it is a warning. One that "
            + "starts during the change pauses it before its next step; while pods are restarted it holds the operator at once.",
        "Find out whether the change is the cause. Then `sop resume`, or `sop abort`.")]
    public const string CriticalAlert = "CRITICAL_ALERT";

    /// <summary>An approver revoked their vote before the plan ran.</summary>
    [Reason(
        "An approver revoked their vote before the change ran. The change asks for votes again, on a fresh plan.",
        "Ask that person why. Vote again.")]
    public const string ApprovalRevoked = "APPROVAL_REVOKED";

    /// <summary>An activity that writes was called by whoever may not, or for an act that no approved plan has.</summary>
    [Reason(
        "An activity that writes was not called by a procedure of these workers, or was called for an act that is in no approved "
            + "plan. It did nothing; the call is in the worker's log and in the store, in the chain `refused-acts`. "
            + "[Security](security.md) says what is checked.",
        "If a procedure of yours got this, its policy became stricter while it ran, or its run was reset: start it again. Otherwise"
            + " find out who called.",
        IsFailure = true)]
    public const string ActNotAllowed = "ACT_NOT_ALLOWED";

    /// <summary>An approval says that it is granted, and its votes do not add up to that.</summary>
    [Reason(
        "An approval was reported as granted, but its votes do not confirm that: something other than these workers polls the task "
            + "queue. Nothing was changed.",
        "Find out who polls the task queue `orchestrator`: `temporal task-queue describe`.",
        IsFailure = true)]
    public const string ApprovalUnproven = "APPROVAL_UNPROVEN";

    /// <summary>The audit chain on the disk is not the one of the run.</summary>
    [Reason(
        "The run's audit chain in the store has an event that is not the run's own, or its place has another pack: somebody changed"
            + " it. Nothing was changed.",
        "`sop store verify` names all that is broken. Find out who owns the store.",
        IsFailure = true)]
    public const string AuditChainConflict = "AUDIT_CHAIN_CONFLICT";
}
