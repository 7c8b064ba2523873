using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.Kafka;

/// <summary>What procedures do to a Kafka cluster beside their own steps, as plans list it for approvers. Pure.</summary>
public static class KafkaActs
{
    /// <summary>The step that gives brokers that were restarted back the partitions that they should lead.</summary>
    public const string ElectStep = "elect-preferred-leaders";

    /// <summary>The act that tries the cluster; it is part of the checks at the end.</summary>
    public const string CanaryStep = "try-canary";

    /// <summary>The object of an election.</summary>
    public static PlanObject Leaders(string? @namespace, string name, string? kafkaClusterId) =>
        new("kafka", "leaders", @namespace, name, kafkaClusterId);

    /// <summary>The object of a canary.</summary>
    public static PlanObject Canary(string? @namespace, string name, string? kafkaClusterId) =>
        new("kafka", "canary topic", @namespace, name, kafkaClusterId);

    /// <summary>The election of preferred leaders.</summary>
    /// <param name="namespace">Namespace of the <c>Kafka</c> resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="kafkaClusterId">The Kafka cluster: another one at the same address is not touched.</param>
    public static PlanItem Election(string? @namespace, string name, string? kafkaClusterId) => new(
        0,
        ElectStep,
        PlanAction.Run,
        Leaders(@namespace, name, kafkaClusterId),
        [new FieldChange("leader", "(as it is)", "(the preferred replica)", "brokers lead again what they led before their restart")],
        UndoKind.None);

    /// <summary>The writing and reading of canary records.</summary>
    /// <param name="namespace">Namespace of the <c>Kafka</c> resource.</param>
    /// <param name="name">Its name.</param>
    /// <param name="kafkaClusterId">The Kafka cluster: another one at the same address is not touched.</param>
    public static PlanItem Trial(string? @namespace, string name, string? kafkaClusterId) => new(
        0,
        CanaryStep,
        PlanAction.Run,
        Canary(@namespace, name, kafkaClusterId),
        [new FieldChange("records", "(none)", "(none)", "a topic of its own is made where it is missing, written to, read and emptied")],
        UndoKind.None);
}
