using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>The input of <c>RestartKafkaBroker</c>.</summary>
public sealed record RestartKafkaBrokerInput : IProcedureInput
{
    /// <summary>The cluster and namespace; required, and refused with a sentence where it is missing.</summary>
    public ChangeTarget Target { get; init; } = new("");

    /// <summary>Who asks for what, and why.</summary>
    public ChangeRequest Change { get; init; } = new();

    /// <summary>Name of the <c>Kafka</c> resource. Default: <c>kafka</c>.</summary>
    public string Name { get; init; } = "kafka";

    /// <summary>The node id of the broker or controller; either this or <see cref="Pod"/>.</summary>
    public int? Broker { get; init; }

    /// <summary>The pod; either this or <see cref="Broker"/>.</summary>
    public string? Pod { get; init; }

    /// <summary>Whether the pod is dead already and is to be recreated. Default: false.</summary>
    public bool Repair { get; init; }

    /// <summary>Topics that may be unavailable for writes while the broker restarts; raises the tier. Default: none.</summary>
    public IReadOnlyList<string> AcceptUnavailable { get; init; } = [];

    /// <summary>How long it may take.</summary>
    public RollLimits Limits { get; init; } = new();

    ChangeTier IProcedureInput.TierAbove(ChangeTier own) => RestartInputRules.Tier(this, own);

    IReadOnlyList<string> IProcedureInput.Faults() => RestartInputRules.Check(this);
}
