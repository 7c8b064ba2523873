using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>
/// What a roll asks the running processes before it takes a pod down: no under-replicated partition on any broker, or a quorum with one
/// leader whose followers are close behind.
/// </summary>
internal sealed class RollPrecheck(JolokiaReader jolokia)
{
    /// <summary>Records that a controller may be behind the furthest one and still count as caught up.</summary>
    private const double MaxLagRecords = 1000;

    /// <summary>Why no pod may go down now; null when one may. What cannot be read is a reason.</summary>
    public async Task<string?> RefusalAsync(Component component, IReadOnlyList<RolledPod> pods, CancellationToken cancellationToken)
    {
        try
        {
            return component.Kind == ComponentKind.Kafka
                ? await BrokersRefusalAsync(pods, cancellationToken)
                : await QuorumRefusalAsync(pods, cancellationToken);
        }
        catch (JolokiaException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> BrokersRefusalAsync(IReadOnlyList<RolledPod> pods, CancellationToken cancellationToken)
    {
        foreach (RolledPod pod in pods)
        {
            JsonObject value = await jolokia.ReadAsync(
                pod, "kafka.server:type=ReplicaManager,name=UnderReplicatedPartitions", ["Value"], cancellationToken);
            if ((int)value["Value"]! is > 0 and int count)
            {
                return $"pod {pod.Name} leads {count} under-replicated partitions";
            }
        }

        return null;
    }

    private async Task<string?> QuorumRefusalAsync(IReadOnlyList<RolledPod> pods, CancellationToken cancellationToken)
    {
        List<(RolledPod Pod, int Leader, double EndOffset)> members = [];
        foreach (RolledPod pod in pods)
        {
            JsonObject value = await jolokia.ReadAsync(
                pod, "kafka.server:type=raft-metrics", ["current-leader", "log-end-offset"], cancellationToken);
            members.Add((pod, (int)(double)value["current-leader"]!, (double)value["log-end-offset"]!));
        }

        foreach ((RolledPod pod, int leader, double endOffset) in members)
        {
            double lag = members.Max(member => member.EndOffset) - endOffset;
            if (leader < 0 || leader != members[0].Leader)
            {
                return leader < 0
                    ? $"pod {pod.Name} knows no leader of the quorum"
                    : $"pod {pod.Name} follows leader {leader}, pod {members[0].Pod.Name} follows {members[0].Leader}";
            }

            if (lag > MaxLagRecords)
            {
                return $"pod {pod.Name} is {lag} records behind";
            }
        }

        return null;
    }
}
