namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>How the operator runs.</summary>
public sealed record CfkOperatorOptions
{
    /// <summary>The namespace that it serves. Default: null, all.</summary>
    public string? Namespace { get; init; }

    /// <summary>The version that it writes into the status of its components. Default: 3.3.0.</summary>
    public string Version { get; init; } = "3.3.0";

    /// <summary>How often a component that is as it should be is looked at, changes aside. Default: 10 s.</summary>
    public TimeSpan ResyncInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a component that rolls or is not ready is looked at, changes aside. Default: 1 s.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(1);
}
