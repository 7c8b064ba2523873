using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.KafkaRestart;
using Orchestrator.Workflows.KafkaRoll;

namespace Orchestrator.Workflows.Catalogue;

/// <summary>The procedures of this product.</summary>
public static class Procedures
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<ProcedureDescriptor> All { get; } =
    [
        new(
            "roll-kafka-cluster",
            RollNames.RollKafkaCluster,
            ChangeTier.T2,
            "Rolling restart of brokers or controllers through the Confluent operator",
            typeof(RollKafkaClusterInput))
        {
            TierOf = input => RollInputRules.Tier((RollKafkaClusterInput)input),
        },
        new(
            "restart-kafka-broker",
            RestartNames.RestartKafkaBroker,
            ChangeTier.T2,
            "Restart or repair of one broker or controller",
            typeof(RestartKafkaBrokerInput))
        {
            TierOf = input => RestartInputRules.Tier((RestartKafkaBrokerInput)input),
        },
    ];
}
