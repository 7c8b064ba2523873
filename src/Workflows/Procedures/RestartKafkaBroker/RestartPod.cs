using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>The pod that is restarted.</summary>
/// <param name="Part">Whether it is a broker's or a controller's.</param>
/// <param name="Component">Its resource.</param>
/// <param name="Pod">The pod.</param>
/// <param name="NodeId">Its node id.</param>
internal sealed record RestartPod(RollComponent Part, ComponentSnapshot Component, PodSnapshot Pod, int NodeId)
{
    /// <summary>Whether it is down: there is nothing that a restart could take from the cluster.</summary>
    public bool IsDown => !Pod.Ready;

    /// <summary><c>broker 2 (pod kafka-2)</c>.</summary>
    public override string ToString() => $"{(Part == RollComponent.Brokers ? "broker" : "controller")} {NodeId} (pod {Pod.Name})";

    /// <summary>All pods of a cluster that can be restarted.</summary>
    public static IReadOnlyList<RestartPod> All(ConfluentClusterSnapshot cluster) =>
        [.. Of(RollComponent.Brokers, cluster.Kafka), .. Of(RollComponent.Controllers, cluster.Controllers)];

    /// <summary>The pod that an input names; null where there is none.</summary>
    public static RestartPod? Find(RestartKafkaBrokerInput input, ConfluentClusterSnapshot cluster) =>
        All(cluster).FirstOrDefault(row => input.Broker is { } id ? row.NodeId == id : row.Pod.Name == input.Pod);

    // The ids ascend with the ordinals.
    private static IEnumerable<RestartPod> Of(RollComponent part, ComponentSnapshot? component) => component is null
        ? []
        : component.Pods.Where(pod => pod.Ordinal < component.NodeIds.Count)
            .Select(pod => new RestartPod(part, component, pod, component.NodeIds[pod.Ordinal]));
}
