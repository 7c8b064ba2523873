using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>The roll of one resource that is to be supervised, just after it was triggered.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="KafkaName">Name of the <c>Kafka</c> resource.</param>
/// <param name="Part">The part that rolls: <see cref="RollComponent.Brokers"/> or <see cref="RollComponent.Controllers"/>.</param>
/// <param name="Resource">The resource that rolls, as people read it.</param>
/// <param name="Progress">Where the roll begins.</param>
/// <param name="AcceptUnavailable">Topics whose unavailability is accepted.</param>
/// <param name="Limits">How long it may take.</param>
public sealed record SuperviseCrRollInput(
    ChangeTarget Target,
    string KafkaName,
    RollComponent Part,
    string Resource,
    RollProgress Progress,
    IReadOnlyList<string> AcceptUnavailable,
    RollLimits Limits)
{
    /// <summary>The alerts that are looked out for meanwhile; null: none.</summary>
    public AlertWatch? Alerts { get; init; }
}
