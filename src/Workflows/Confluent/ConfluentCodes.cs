using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Confluent;

/// <summary>The codes of what the Confluent operator and its resources show.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class ConfluentCodes
{
    /// <summary>No available Confluent operator covers the namespace.</summary>
    [Reason(
        "No available Confluent operator covers the namespace.",
        "Bring the operator up: `kubectl get deployment -A -l app=confluent-operator`.")]
    public const string OperatorMissing = "OPERATOR_MISSING";

    /// <summary>A resource's phase is not RUNNING.</summary>
    [Reason("The resource is not in phase `RUNNING`.", "Read its status and the operator's log.")]
    public const string CrNotRunning = "CR_NOT_RUNNING";

    /// <summary>A resource's condition <c>platform.confluent.io/cluster-ready</c> is not True.</summary>
    [Reason(
        "Its condition `platform.confluent.io/cluster-ready` is not `True`, or it has no StatefulSet.",
        "Read its conditions and the operator's log.")]
    public const string CrNotReady = "CR_NOT_READY";

    /// <summary>The operator has not yet seen the newest generation of a resource.</summary>
    [Reason(
        "The operator has not seen the newest generation of the resource.",
        "Wait a minute. If it stays, the operator is stuck or held: read its log.")]
    public const string CrStale = "CR_STALE";

    /// <summary>An annotation that switches the operator off, or its checks, is left on a resource.</summary>
    [Reason(
        "An annotation holds the operator (`block-reconcile`, `maintenance-mode`) or switches its check off (`roll-precheck`). "
            + "`block-reconcile=false` does not hold it, but keeps the change from doing so in an emergency. Warnings only: the "
            + "operator's notes on a roll (`roll-metadata`), which block its next one where they were left over; the label that lets its "
            + "webhook allow deletions; and a hold at the resource beside the one that is changed.",
        "Ask whoever set it. If it is no longer needed, remove it: `kubectl annotate <resource> <annotation>-`, `kubectl label "
            + "<resource> <label>-`.")]
    public const string ReconcileBlocked = "RECONCILE_BLOCKED";

    /// <summary>Pods of a resource are at different revisions: a roll is under way.</summary>
    [Reason("Pods have different revisions.", "Wait until the roll is over, or find out why it is stalled.")]
    public const string RollInProgress = "ROLL_IN_PROGRESS";

    /// <summary>The StatefulSet holds back pods from a roll.</summary>
    [Reason("The StatefulSet holds back pods with a `partition`.", "Find out who set it. The operator cannot roll the pods below it.")]
    public const string RollUnsupported = "ROLL_UNSUPPORTED";
}
