using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.Kafka;

/// <summary>The Kafka cluster whose leaders are elected.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource.</param>
public sealed record ElectPreferredLeadersInput(ChangeTarget Target, string Name)
{
    /// <summary>The fencing tokens of the change: where the cluster shows a newer one, nothing is done.</summary>
    public IReadOnlyList<Fence> Fences { get; init; } = [];

    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];
}
