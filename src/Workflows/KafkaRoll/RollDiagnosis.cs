using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>What a roll waits for, and whether it came closer to it.</summary>
internal static class RollDiagnosis
{
    // BrokerState 2: the broker recovers its log after an unclean stop, and is not to be touched.
    private const int Recovering = 2;

    /// <summary>What it waits for, in one sentence: the first that holds of scheduling, start, recovery, replicas, operator.</summary>
    public static string Sentence(ComponentSnapshot component, PodRoll? current, KafkaSnapshot kafka, IReadOnlyList<Refusal> unhealthy)
    {
        if (current is null)
        {
            return unhealthy.Count > 0
                ? $"All pods are restarted; the cluster is not whole: {unhealthy[0].Sentence}"
                : $"All pods are restarted; watches whether {component.Reference} stays steady.";
        }

        PodSnapshot? pod = component.Pods.FirstOrDefault(pod => pod.Name == current.Name);
        BrokerSnapshot? recovering = kafka.Brokers.FirstOrDefault(broker => broker.State == Recovering);
        return pod switch
        {
            null => $"Pod {current.Name} is stopped and not yet created again.",
            { Unschedulable: { } why } => $"Pod {pod.Name} finds no node: {why}",
            { WaitingReason: { } reason } => $"Pod {pod.Name} does not start: {reason}.",
            _ when recovering is not null => $"Broker {recovering.Id} recovers its log, {recovering.RemainingSegments?.ToString() ?? "?"} segments remain.",
            { Terminating: true } => $"Pod {pod.Name} shuts down.",
            _ when current.NewUid is not null && !pod.Ready => $"Pod {pod.Name} starts.",
            _ when unhealthy.Count > 0 => unhealthy[0].Sentence,
            _ => $"Waits for the operator to restart pod {pod.Name}.",
        };
    }

    /// <summary>Writes down what moved forward since the last milestone; false where nothing did.</summary>
    public static bool Note(ref RollProgress progress, ComponentSnapshot component, PodRoll? current, RollObservation seen)
    {
        PodSnapshot? pod = current is null ? null : component.Pods.FirstOrDefault(pod => pod.Name == current.Name);
        string brokers = string.Join(',', seen.Kafka.Brokers.Select(broker => $"{broker.Id}:{broker.State}"));
        string state = $"{pod?.Phase}|{pod?.WaitingReason}|{pod?.Terminating}|{pod?.Ready}|{brokers}|{progress.SteadySamples}";
        int? segments = seen.Kafka.Brokers.Sum(broker => broker.RemainingSegments);
        int underReplicated = seen.Kafka.UnderReplicated;
        bool moved = !progress.SeenStates.Contains(state)
            || segments < progress.LowestRemainingSegments
            || underReplicated < progress.LowestUnderReplicated;
        if (moved)
        {
            progress = progress with
            {
                MovedAt = seen.At,
                SeenStates = progress.SeenStates.Contains(state) ? progress.SeenStates : [.. progress.SeenStates, state],
            };
        }

        progress = progress with
        {
            LowestRemainingSegments = Math.Min(segments ?? 0, progress.LowestRemainingSegments ?? int.MaxValue),
            LowestUnderReplicated = Math.Min(underReplicated, progress.LowestUnderReplicated ?? int.MaxValue),
        };
        return moved;
    }
}
