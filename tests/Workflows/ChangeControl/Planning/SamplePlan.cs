using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Planning;

/// <summary>A plan of two items that rests on one exact fact and one for information.</summary>
internal static class SamplePlan
{
    public static PlanItem Trigger { get; } = new(
        1,
        "trigger-brokers-roll",
        PlanAction.Update,
        new PlanObject("kubernetes", "kafkas.platform.confluent.io", "confluent", "kafka", "uid-1"),
        [new FieldChange("spec.x", "old", "new", "rolls the pods")],
        UndoKind.None);

    public static PlanItem Restart { get; } = new(
        2,
        "supervise-brokers-roll",
        PlanAction.Run,
        new PlanObject("kubernetes", "pods", "confluent", "kafka-2"),
        [new FieldChange("metadata.uid", "(this pod)", "(a new pod)", "the operator restarts it")],
        UndoKind.None);

    public static ObservedFact Generation { get; } =
        new("kafkas.platform.confluent.io confluent/kafka metadata.generation", "4", FactTolerance.Exact);

    public static ObservedFact Topics { get; } = new("topics", "12", FactTolerance.Info);

    public static Plan Plan { get; } = new(
        "RollKafkaCluster",
        1,
        new ChangeTarget("lab", "confluent"),
        "cluster-uid",
        "inputs-digest",
        [Trigger, Restart],
        [Generation, Topics],
        new PlanEstimate(TimeSpan.FromMinutes(12), TimeSpan.Zero),
        [Refusal.Warn("SOME_WARNING", "Be warned.")]);
}
