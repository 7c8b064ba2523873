namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Names of the roll that live in histories, plans, status and documentation; none is ever renamed.</summary>
public static class RollNames
{
    /// <summary>The activity that watches a roll.</summary>
    public const string WatchRollActivity = "WatchRoll";

    /// <summary>Workflow type of the child that supervises the roll of one resource.</summary>
    public const string SuperviseCrRoll = "SuperviseCrRoll";

    /// <summary>The field whose new value makes the operator roll a resource's pods.</summary>
    public const string TriggerField = "spec.podTemplate.annotations.kafkacluster-manual-roll";

    /// <summary><see cref="TriggerField"/> as a JSON pointer.</summary>
    public const string TriggerPointer = "/spec/podTemplate/annotations/kafkacluster-manual-roll";

    /// <summary>The annotation that holds the operator, as a JSON pointer.</summary>
    public const string HoldPointer = "/metadata/annotations/platform.confluent.io~1block-reconcile";

    /// <summary>The annotation that says which change holds it, as a JSON pointer.</summary>
    public const string HoldOwnerPointer = "/metadata/annotations/orchestrator.internal~1held-by";

    /// <summary>The step that waits until the cluster can lose a pod of a part.</summary>
    public static string GateStep(RollComponent part) => $"check-before-{Text(part)}";

    /// <summary>The step that writes <see cref="TriggerField"/> of a part.</summary>
    public static string TriggerStep(RollComponent part) => $"trigger-{Text(part)}-roll";

    /// <summary>The step that watches a part roll.</summary>
    public static string SuperviseStep(RollComponent part) => $"supervise-{Text(part)}-roll";

    /// <summary>The step that holds the operator of a part, when its roll is stalled, must not continue, or is paused.</summary>
    public static string HoldStep(RollComponent part) => $"hold-{Text(part)}-operator";

    /// <summary>The step that removes the hold again, before the roll of a part continues.</summary>
    public static string LetGoStep(RollComponent part) => $"let-go-{Text(part)}-operator";

    /// <summary>The step that gives the brokers back the partitions that they should lead.</summary>
    public const string ElectStep = KafkaActs.ElectStep;

    /// <summary>The step that writes records and reads them back.</summary>
    public const string CanaryStep = KafkaActs.CanaryStep;

    /// <summary>The topic that these records go to.</summary>
    public const string CanaryTopic = "orchestrator-canary";

    /// <summary>The step that waits after a part has rolled.</summary>
    public static string CooldownStep(RollComponent part) => $"cool-down-after-{Text(part)}";

    /// <summary><c>brokers</c> or <c>controllers</c>.</summary>
    public static string Text(RollComponent part) => part == RollComponent.Brokers ? "brokers" : "controllers";
}
