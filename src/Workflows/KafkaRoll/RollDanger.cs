using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>What endangers a cluster that rolls.</summary>
/// <param name="Sentence">The danger, with names and numbers; null where there is none.</param>
/// <param name="AtOnce">Whether it stops the roll at once, or only when it lasts.</param>
internal readonly record struct RollDanger(string? Sentence, bool AtOnce)
{
    public static RollDanger Find(ComponentSnapshot component, KafkaSnapshot kafka, IReadOnlyList<string> accepted)
    {
        List<PodSnapshot> available = [.. component.Pods.Where(pod => pod is { Ready: true, Terminating: false })];
        int unavailable = component.Replicas - available.Count;
        if (unavailable > 1)
        {
            string names = string.Join(", ", component.Pods.Except(available).Select(pod => pod.Name));
            return new($"{unavailable} of {component.Replicas} pods of {component.Reference} are unavailable together{(names.Length == 0 ? "" : $": {names}")}.", AtOnce: true);
        }

        List<PartitionSnapshot> shut = [.. kafka.Exposed.Where(partition => IsShut(partition) && !accepted.Contains(partition.Topic))];
        string? sentence =
            kafka.Unreadable.Count > 0 ? $"Could not read {kafka.Unreadable[0].Source}: {kafka.Unreadable[0].Reason}"
            : shut.Count > 0 ? $"{shut.Count} partitions take no writes: {string.Join(", ", shut.Take(10))}."
            : kafka.Quorum is { Leader: null } ? "The KRaft quorum has no leader."
            : null;
        return new(sentence, AtOnce: false);
    }

    private static bool IsShut(PartitionSnapshot partition) => partition.Leader is null || partition.InSync.Count < partition.MinInSync;
}
