using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// The acts of a roll that are needed only if it is stalled, is paused, or comes to its end; approvers allow them with the plan. Pure.
/// </summary>
internal static class RollContingents
{
    /// <summary>The acts.</summary>
    /// <param name="parts">The parts that are rolled, with their resources.</param>
    /// <param name="name">Name of the <c>Kafka</c> resource.</param>
    /// <param name="kafkaClusterId">Its Kafka cluster.</param>
    /// <param name="canary">Whether records are written at the end.</param>
    public static IReadOnlyList<PlanItem> Of(
        IReadOnlyList<(RollComponent Part, ObjectReference Resource)> parts, string name, string? kafkaClusterId, bool canary)
    {
        string? @namespace = parts[0].Resource.Namespace;
        return
        [
            .. parts.SelectMany(row => (PlanItem[])[Hold(row.Part, row.Resource), LetGo(row.Part, row.Resource)]),
            .. parts.Any(row => row.Part == RollComponent.Brokers)
                ? (PlanItem[])[KafkaActs.Election(@namespace, name, kafkaClusterId)]
                : [],
            .. canary ? (PlanItem[])[KafkaActs.Trial(@namespace, name, kafkaClusterId)] : [],
        ];
    }

    private static PlanItem Hold(RollComponent part, ObjectReference resource) => new(
        0,
        RollNames.HoldStep(part),
        PlanAction.Update,
        resource.Planned(),
        Fields(null, "true", null, WarrantRules.ChangeIdPlaceholder, "holds the operator where the roll must not go on"),
        UndoKind.Exact);

    private static PlanItem LetGo(RollComponent part, ObjectReference resource) => new(
        0,
        RollNames.LetGoStep(part),
        PlanAction.Update,
        resource.Planned(),
        Fields("true", null, WarrantRules.ChangeIdPlaceholder, null, "lets the operator go on with the roll"),
        UndoKind.None);

    private static IReadOnlyList<FieldChange> Fields(
        string? holdBefore, string? holdAfter, string? ownerBefore, string? ownerAfter, string why) =>
    [
        new($"metadata.annotations.{OperatorHold.BlockReconcile}", holdBefore, holdAfter, why) { Pointer = RollNames.HoldPointer },
        new($"metadata.annotations.{OperatorHold.Owner}", ownerBefore, ownerAfter, "says which change holds it")
        {
            Pointer = RollNames.HoldOwnerPointer,
        },
    ];
}
