using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>The result of <c>RestartKafkaBroker</c>.</summary>
/// <param name="Change">How the change ended.</param>
/// <param name="Pod">The pod, with what became of it; null where it was not restarted.</param>
public sealed record RestartKafkaBrokerResult(ChangeOutcome Change, PodRoll? Pod);
