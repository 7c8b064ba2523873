using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What a roll waits for, and whether it came closer to it.</summary>
internal static class RollDiagnosis
{
    private const int Running = 3;

    // A pod has a handful of states between two milestones. What shows more flaps, and travels in every heartbeat.
    private const int MostStates = 64;

    /// <summary>What it waits for, in one sentence: the first that holds of scheduling, start, recovery, replicas, operator.</summary>
    public static string Sentence(ComponentSnapshot component, PodRoll? current, KafkaSnapshot kafka, IReadOnlyList<Refusal> unhealthy)
    {
        if (current is null)
        {
            return unhealthy.Count > 0
                ? $"All pods are restarted, but the cluster is not healthy: {unhealthy[0].Sentence}"
                : $"All pods are restarted; checks that {component.Reference} stays steady.";
        }

        PodSnapshot? pod = component.Pods.FirstOrDefault(pod => pod.Name == current.Name);
        string troubles = component.Troubles.Count == 0 ? "" : $" {string.Join(" ", component.Troubles)}";
        BrokerSnapshot? recovering = kafka.Brokers.FirstOrDefault(broker => broker.State == BrokerSnapshot.Recovering);
        return pod switch
        {
            null => $"Pod {current.Name} was stopped and has not been recreated yet.{troubles}",
            { Unschedulable: { } why } => $"Pod {pod.Name} cannot be scheduled: {why}{troubles}",
            { WaitingReason: { } reason } => $"Pod {pod.Name} has not started: {reason}.",
            _ when recovering is not null =>
                $"Broker {recovering.Id} is recovering its log, {recovering.RemainingSegments?.ToString() ?? "?"} segments remain.",
            { Terminating: true } => $"Pod {pod.Name} is shutting down.",
            { Ready: false } => current.NewUid == pod.Uid ? $"Pod {pod.Name} is starting." : $"Pod {pod.Name} is not Ready.",
            _ when unhealthy.Count > 0 => unhealthy[0].Sentence,
            _ => $"Waits for the operator to restart pod {pod.Name}.",
        };
    }

    /// <summary>Writes down what moved forward since the last milestone.</summary>
    public static void Note(ref RollProgress progress, ComponentSnapshot component, PodRoll? current, RollObservation seen)
    {
        PodSnapshot? pod = current is null ? null : component.Pods.FirstOrDefault(pod => pod.Name == current.Name);

        // Brokers that run or do not answer are left out: an answer that comes and goes is no progress.
        string brokers = string.Join(',', seen.Kafka.Brokers.Where(broker => broker.State is not (null or Running))
            .Select(broker => $"{broker.Id}:{broker.State}"));
        string state =
            $"{current?.Name}|{pod?.Phase}|{pod?.WaitingReason}|{pod?.Terminating}|{pod?.Ready}|{brokers}|{progress.SteadySamples}";
        bool isNew = !progress.SeenStates.Contains(state) && progress.SeenStates.Count < MostStates;
        int? segments = RemainingSegments(seen.Kafka);
        int? underReplicated = UnderReplicated(seen.Kafka, progress);
        bool moved = isNew || segments < progress.LowestRemainingSegments || underReplicated < progress.LowestUnderReplicated;
        progress = progress with
        {
            MovedAt = moved ? seen.At : progress.MovedAt,
            SeenStates = isNew ? [.. progress.SeenStates, state] : progress.SeenStates,
            LowestRemainingSegments = Lowest(segments, progress.LowestRemainingSegments),
            LowestUnderReplicated = Lowest(underReplicated, progress.LowestUnderReplicated),
        };
    }

    // Null while nobody recovers or a broker does not say: the end of a recovery is a change of state, not a number.
    private static int? RemainingSegments(KafkaSnapshot kafka)
    {
        List<BrokerSnapshot> recovering = [.. kafka.Brokers.Where(broker => broker.State == BrokerSnapshot.Recovering)];
        return recovering.Count == 0 || recovering.Exists(broker => broker.RemainingSegments is null)
            ? null
            : recovering.Sum(broker => broker.RemainingSegments);
    }

    // Null while it is not known, and before the first replica fell behind: there is nothing to catch up from yet.
    private static int? UnderReplicated(KafkaSnapshot kafka, RollProgress progress) =>
        kafka.Unreadable.Count > 0 || (kafka.UnderReplicated == 0 && progress.LowestUnderReplicated is null) ? null : kafka.UnderReplicated;

    private static int? Lowest(int? now, int? lowest) => now is null || lowest < now ? lowest : now;
}
