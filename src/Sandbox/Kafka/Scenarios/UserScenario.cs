namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>A user of a cluster in the box, which is no secret.</summary>
public sealed record UserScenario
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>Whether the user may do everything. Default: false.</summary>
    public bool IsSuperUser { get; init; }
}
