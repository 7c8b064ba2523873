using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What is watched, and how far it had come.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="KafkaName">Name of the <c>Kafka</c> resource.</param>
/// <param name="Part">The part that rolls: <see cref="RollComponent.Brokers"/> or <see cref="RollComponent.Controllers"/>.</param>
/// <param name="Progress">How far it had come.</param>
/// <param name="AcceptUnavailable">Topics whose unavailability is accepted.</param>
/// <param name="Limits">How long it may take.</param>
public sealed record WatchRollInput(
    ChangeTarget Target,
    string KafkaName,
    RollComponent Part,
    RollProgress Progress,
    IReadOnlyList<string> AcceptUnavailable,
    RollLimits Limits)
{
    /// <summary>The alerts that are looked out for meanwhile; null: none.</summary>
    public AlertWatch? Alerts { get; init; }
}
