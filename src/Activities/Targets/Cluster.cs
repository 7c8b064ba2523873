using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Targets;

/// <summary>A cluster of the inventory.</summary>
/// <param name="Name">The name that changes use for it.</param>
/// <param name="Connection">How to reach its API server, and as whom.</param>
/// <param name="Options">What the inventory says of it.</param>
internal sealed record Cluster(string Name, ClusterConnection Connection, ClusterOptions Options)
{
    /// <summary>The namespace of changes that name none.</summary>
    public string DefaultNamespace => Options.Namespace ?? Connection.Namespace;
}
