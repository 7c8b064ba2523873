namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>Ways in which an operator can misbehave; a test switches them on to see what its supervisor does.</summary>
public sealed record OperatorFaults
{
    /// <summary>An operator that does what it should.</summary>
    public static readonly OperatorFaults None = new();

    /// <summary>Reads nothing and does nothing, as an operator that is down. Default: false.</summary>
    public bool Idle { get; init; }

    /// <summary>Rolls on although partitions are under-replicated or the quorum lags. Default: false.</summary>
    public bool IgnoresPrecheck { get; init; }

    /// <summary>Pods that a roll takes down together. Default: 1.</summary>
    public int PodsAtOnce { get; init; } = 1;

    /// <summary>The ordinal of the pod that a roll never gets past. Default: null, none.</summary>
    public int? HangsBeforeOrdinal { get; init; }
}
