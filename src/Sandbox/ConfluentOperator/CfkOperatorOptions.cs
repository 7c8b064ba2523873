namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>How the operator runs.</summary>
public sealed record CfkOperatorOptions
{
    /// <summary>The namespace that it serves. Default: null, all.</summary>
    public string? Namespace { get; init; }

    /// <summary>The version that it writes into the status of its components. Default: 3.3.0.</summary>
    public string Version { get; init; } = "3.3.0";

    /// <summary>
    /// How long it waits before it asks processes again that keep a roll waiting, and before it tries again what failed: no change of an
    /// object tells of those. Default: 1 s.
    /// </summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);
}
