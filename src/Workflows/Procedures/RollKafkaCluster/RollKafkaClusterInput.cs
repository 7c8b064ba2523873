using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RollKafkaCluster;

/// <summary>The input of <c>RollKafkaCluster</c>.</summary>
public sealed record RollKafkaClusterInput : IProcedureInput
{
    /// <summary>The cluster and namespace; required, and refused with a sentence where it is missing.</summary>
    public ChangeTarget Target { get; init; } = new("");

    /// <summary>Who asks for what, and why.</summary>
    public ChangeRequest Change { get; init; } = new();

    /// <summary>Name of the <c>Kafka</c> resource. Default: <c>kafka</c>.</summary>
    public string Name { get; init; } = "kafka";

    /// <summary>What is restarted. Default: the brokers.</summary>
    public RollComponent Component { get; init; } = RollComponent.Brokers;

    /// <summary>The pause after each resource. Default: 30 seconds.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Topics that may be unavailable for writes while a replica restarts; raises the tier. Default: none.</summary>
    public IReadOnlyList<string> AcceptUnavailable { get; init; } = [];

    /// <summary>Accepts that a quorum of one voter is gone while that voter restarts; raises the tier. Default: false.</summary>
    public bool AcceptQuorumLoss { get; init; }

    /// <summary>Whether records are written and read at the end, to a topic of their own. Default: true.</summary>
    public bool Canary { get; init; } = true;

    /// <summary>How long it may take.</summary>
    public RollLimits Limits { get; init; } = new();

    ChangeTier IProcedureInput.TierAbove(ChangeTier own) => RollInputRules.Tier(this, own);

    IReadOnlyList<string> IProcedureInput.Faults() => RollInputRules.Check(this);
}
