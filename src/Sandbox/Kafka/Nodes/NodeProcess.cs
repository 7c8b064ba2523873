namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>The process of a node at one moment.</summary>
/// <param name="Node">The node's id.</param>
/// <param name="Version">The release of Kafka that it runs.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Exit">Why it ended by itself, in one sentence; null where it did not.</param>
public sealed record NodeProcess(int Node, string Version, ProcessPhase Phase, string? Exit)
{
    /// <summary>Whether its port is open, as a readiness probe of TCP sees it.</summary>
    public bool IsReady => Phase is ProcessPhase.Running;
}
