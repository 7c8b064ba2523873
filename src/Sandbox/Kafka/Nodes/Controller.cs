namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>A controller: a voter of the metadata quorum.</summary>
internal sealed class Controller(int id, string version) : Node(id, version)
{
    /// <summary>Whether the others hear it.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>Whether it is kept from fetching.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Where its log ends while it does not follow; null: where the leader's does.</summary>
    public long? LogEnd { get; set; } = 0;

    /// <summary>When it last had everything, while it does not follow.</summary>
    public DateTimeOffset CaughtUpAt { get; set; }

    /// <summary>Whether it can vote and be heard.</summary>
    public bool TakesPart => IsRunning && !IsCutOff;
}
