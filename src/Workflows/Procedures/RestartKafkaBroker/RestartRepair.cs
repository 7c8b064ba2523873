using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>What a dead pod alone explains does not speak against repairing it. Pure.</summary>
internal static class RestartRepair
{
    /// <summary>The refusal, or a warning where the pod alone explains it.</summary>
    public static Refusal Weigh(Refusal refusal, RestartPod pod, KafkaSnapshot? kafka) =>
        refusal.Blocks && Explains(refusal.Code, pod, kafka)
            ? refusal with { Severity = RefusalSeverity.Warn, Sentence = $"{refusal.Sentence} {pod} alone explains that." }
            : refusal;

    private static bool Explains(string code, RestartPod pod, KafkaSnapshot? kafka) => code switch
    {
        KubernetesCodes.PodNotReady => pod.Component.Pods.All(other => other.Ready || other.Name == pod.Pod.Name),
        ConfluentCodes.CrNotReady or ConfluentCodes.CrNotRunning =>
            pod.Component.Pods.All(other => other.Ready || other.Name == pod.Pod.Name),
        KafkaCodes.BrokersMissing =>
            kafka is not null && pod.Part == RollComponent.Brokers && Missing(pod, kafka).All(id => id == pod.NodeId),
        KafkaCodes.PartitionsUnderReplicated => kafka is not null && pod.Part == RollComponent.Brokers && ExplainsReplicas(pod, kafka),
        KafkaCodes.QuorumLagging => pod.Part == RollComponent.Controllers
            && kafka?.Quorum?.Voters.All(voter => voter.CaughtUp || voter.Id == pod.NodeId) == true,
        _ => false,
    };

    private static IEnumerable<int> Missing(RestartPod pod, KafkaSnapshot kafka) =>
        pod.Component.NodeIds.Except(kafka.Brokers.Where(broker => broker.Registered).Select(broker => broker.Id));

    // Every one of them must be named, and miss no other replica.
    private static bool ExplainsReplicas(RestartPod pod, KafkaSnapshot kafka)
    {
        List<PartitionSnapshot> behind = [.. kafka.Exposed.Where(partition => partition.IsUnderReplicated)];
        return behind.Count == kafka.UnderReplicated
            && behind.TrueForAll(partition => partition.Replicas.Except(partition.InSync).All(id => id == pod.NodeId));
    }
}
