namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>How far the process of a node is.</summary>
public enum ProcessPhase
{
    /// <summary>There is no process.</summary>
    Ended,

    /// <summary>It starts; a broker also while it waits for a leader of the quorum.</summary>
    Starting,

    /// <summary>A broker that was not stopped cleanly reads its log again.</summary>
    Recovering,

    /// <summary>A broker waits until the controllers have unfenced it.</summary>
    Registering,

    /// <summary>It serves.</summary>
    Running,

    /// <summary>It was told to stop.</summary>
    Stopping,
}
