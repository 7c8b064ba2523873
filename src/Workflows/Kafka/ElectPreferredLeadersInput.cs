using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;

namespace Orchestrator.Workflows.Kafka;

/// <summary>The Kafka cluster whose leaders are elected.</summary>
/// <param name="Target">The cluster and namespace.</param>
/// <param name="Name">Name of the <c>Kafka</c> resource.</param>
/// <param name="Fences">The fencing tokens of the change.</param>
public sealed record ElectPreferredLeadersInput(ChangeTarget Target, string Name, IReadOnlyList<Fence>? Fences = null) : IWarrantedAct
{
    /// <summary>What the run did and decided since the last call that kept it; kept before anything is done here.</summary>
    public IReadOnlyList<AuditEvent> Audit { get; init; } = [];

    /// <summary>What proves that the approved plan has this act.</summary>
    public Warrant? Warrant { get; init; }

    // Which Kafka cluster answers is compared with the plan's before anything is done.
    /// <inheritdoc/>
    public PlannedAct Act() => new(PlanAction.Run, KafkaActs.Leaders(Target.Namespace, Name, Warrant?.Item.Object.Uid), []);
}
