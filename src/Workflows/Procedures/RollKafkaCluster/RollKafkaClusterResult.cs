using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RollKafkaCluster;

/// <summary>The result of <c>RollKafkaCluster</c>.</summary>
/// <param name="Change">How the change ended.</param>
/// <param name="Pods">The pods that were to be restarted, in order, with what became of them.</param>
public sealed record RollKafkaClusterResult(ChangeOutcome Change, IReadOnlyList<PodRoll> Pods);
