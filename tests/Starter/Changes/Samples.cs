using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Changes;

/// <summary>A change at the moments that the tests look at.</summary>
internal static class Samples
{
    public const string WorkflowId = "roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123";
    public const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    public static readonly DateTimeOffset Start = new(2026, 3, 1, 14, 0, 0, TimeSpan.Zero);

    public static readonly Plan Plan = new(
        RollKafkaClusterWorkflow.Type,
        1,
        new ChangeTarget("lab", "confluent"),
        "uid-1",
        "digest",
        [
            new PlanItem(
                1,
                "trigger-brokers-roll",
                PlanAction.Update,
                new PlanObject("kubernetes", "kafkas.platform.confluent.io", "confluent", "kafka", "uid-2"),
                [new FieldChange(RollNames.TriggerField, null, "{changeId}/brokers", "makes the operator restart the pods")],
                UndoKind.None),
            new PlanItem(
                2,
                "supervise-brokers-roll",
                PlanAction.Run,
                new PlanObject("kubernetes", "pods", "confluent", "kafka-1, kafka-0"),
                [],
                UndoKind.None),
        ],
        [
            new ObservedFact("kafkas.platform.confluent.io/kafka metadata.generation", "3", FactTolerance.Exact),
            new ObservedFact("partitions", "50", FactTolerance.Info),
        ],
        new PlanEstimate(TimeSpan.FromMinutes(8.5), TimeSpan.Zero),
        [
            Refusal.Warn(
                KafkaCodes.RfNotAboveMinIsr,
                "Topic audit (replication factor 1, min ISR 1) accepts no writes while its broker restarts."),
        ])
    {
        BlastRadius = new BlastRadius(["node-1", "node-2"], ["confluent"], ["kafkas.platform.confluent.io confluent/kafka"]),
    };

    public static ChangeStatus Looking { get; } = new(
        "CHG-20260301-ABC123",
        RollKafkaClusterWorkflow.Type,
        new ChangeTarget("lab", "confluent"),
        ChangeState.Looking,
        ChangeClass.Reliability,
        ChangeTier.T2,
        "unverified:ann",
        "monthly restart",
        Start,
        "Reads the clusters and plans the change.",
        null,
        null,
        [],
        null,
        null,
        [],
        [],
        null,
        []);

    public static ChangeStatus Planned { get; } = Looking with
    {
        State = ChangeState.Planned,
        Sentence = "This is the plan; nothing was changed.",
        Plan = Plan,
        PlanHash = Hash,
        Steps = [new StepStatus("trigger-brokers-roll", StepState.Pending), new StepStatus("supervise-brokers-roll", StepState.Pending)],
    };

    public static ChangeStatus AwaitingApproval { get; } = Planned with
    {
        State = ChangeState.AwaitingApproval,
        Sentence = $"Waits for 1 × peer to approve plan {Hash[..12]}.",
        ApprovalWorkflowId = $"{WorkflowId}/approval/1",
    };

    public static ApprovalStatus Waiting { get; } =
        new(
            ApprovalDecision.Waiting, Hash, [], [new ApprovalRequirement("peer", 1)], Start.AddHours(4),
            "Waits for 1 × peer until 2026-03-01 18:00:00Z.");

    public static ApprovalStatus Granted { get; } = Waiting with
    {
        Decision = ApprovalDecision.Granted,
        Votes = [new CastVote("unverified:bob", "peer", VoteDecision.Approve, "quiet hour", Start.AddMinutes(1))],
        Open = [],
        Sentence = "Approved by unverified:bob (peer).",
    };

    public static ChangeStatus Running { get; } = AwaitingApproval with
    {
        State = ChangeState.Running,
        Sentence = "The operator restarts 2 pods.",
        Approval = Granted,
        Steps =
        [
            new StepStatus(
                "trigger-brokers-roll",
                StepState.Done,
                Start.AddMinutes(2),
                Start.AddMinutes(2).AddSeconds(1),
                "kafka is at generation 4."),
            new StepStatus("supervise-brokers-roll", StepState.Running, Start.AddMinutes(2).AddSeconds(2)),
        ],
        Children = [new ChildRun($"{WorkflowId}/supervise/brokers", RollNames.SuperviseCrRoll)],
    };

    public static RollStatus Roll { get; } = new(
        "kafkas.platform.confluent.io confluent/kafka",
        "Waits for kafka-1 to be in sync: 4 partitions are not.",
        false,
        [
            new PodRoll("kafka-1", "uid-11", "uid-21", Start.AddMinutes(3), Start.AddMinutes(4)),
            new PodRoll("kafka-0", "uid-10"),
        ]);

    public static ChangeStatus Undone { get; } = Running with
    {
        State = ChangeState.UndoIncomplete,
        Sentence = "Broker 1 did not come back within 2 h. Not everything could be undone; the journal names it.",
        Steps =
        [
            Running.Steps[0],
            Running.Steps[1] with
            {
                State = StepState.Failed,
                EndedAt = Start.AddMinutes(122).AddSeconds(3),
                Detail = "Broker 1 did not come back within 2 h.",
            },
        ],
        Journal =
        [
            new JournalEntry("hold-brokers-operator", "remove block-reconcile", JournalState.Undone),
            new JournalEntry("scale-brokers", "scale back to 3", JournalState.UndoFailed, "Kubernetes denies it."),
        ],
        Failure = new ChangeFailure("supervise-brokers-roll", RollCodes.RollStalled, "Broker 1 did not come back within 2 h."),
    };

    public static ChangeStatus Refused(params Refusal[] refusals) => Looking with
    {
        State = ChangeState.Refused,
        Sentence = "A precheck failed; nothing was changed.",
        Refusals = refusals,
    };

    public static ChangeView View(ChangeStatus status, ApprovalStatus? approval = null, params RollStatus[] rolls) =>
        new(Start.AddMinutes(5), WorkflowId, status, approval, rolls);
}
