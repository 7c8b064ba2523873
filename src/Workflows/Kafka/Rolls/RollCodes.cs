using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>The codes of a roll that is supervised.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class RollCodes
{
    /// <summary>The operator did not begin the roll that was asked of it.</summary>
    [Reason(
        "The operator did not start the roll within `limits.pick-up-within`. No pod was restarted, and the operator is held.",
        "Look at the operator's log. Then `sop resume`: the operator starts the roll.",
        IsFailure = true)]
    public const string OperatorIdle = "OPERATOR_IDLE";

    /// <summary>A roll made no progress for too long.</summary>
    [Reason(
        "A roll made no progress, or a pod used up its time limit or was replaced again and again. The operator is held.",
        "Repair what the sentence names. Then `sop resume`.",
        IsFailure = true)]
    public const string RollStalled = "ROLL_STALLED";

    /// <summary>A roll endangers the cluster.</summary>
    [Reason(
        "The roll endangered the cluster: two pods down at once, partitions that accept no writes, replicas that are being moved, "
            + "no quorum leader, or Kafka unreadable, for `limits.breach-after`. The operator is held.",
        "Bring the cluster back first. Then `sop resume`.",
        IsFailure = true)]
    public const string RollBreach = "ROLL_BREACH";

    /// <summary>The workflow that watches a roll has ended without an answer.</summary>
    [Reason(
        "The workflow that watches a roll has ended without an answer. The operator is held.",
        "Look at that workflow in the Temporal UI. `sop resume` watches again.",
        IsFailure = true)]
    public const string SupervisionLost = "SUPERVISION_LOST";
}
