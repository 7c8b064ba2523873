using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What endangers a cluster that rolls.</summary>
/// <param name="Sentence">The danger, with names and numbers; null where there is none.</param>
/// <param name="AtOnce">Whether it stops the roll at once, or only when it lasts.</param>
internal readonly record struct RollDanger(string? Sentence, bool AtOnce)
{
    private const int NamedPartitions = 10;

    public static RollDanger Find(RollProgress progress, ComponentSnapshot component, KafkaSnapshot kafka, IReadOnlyList<string> accepted)
    {
        List<string> available = [.. component.Pods.Where(pod => pod is { Ready: true, Terminating: false }).Select(pod => pod.Name)];
        int unavailable = component.Replicas - available.Count;
        if (unavailable > 1)
        {
            string names = ShortList.Of(
                [.. progress.Pods.Select(pod => pod.Name).Union(component.Pods.Select(pod => pod.Name)).Except(available)]);
            return new(
                $"{unavailable} of {component.Replicas} pods of {component.Reference} are unavailable at once: {names}.", AtOnce: true);
        }

        List<PartitionSnapshot> shut =
            [.. kafka.Exposed.Where(partition => (partition.IsOffline || partition.IsUnderMinIsr) && !accepted.Contains(partition.Topic))];
        string? sentence =
            kafka.Unreadable.Count > 0 ? $"Could not read {kafka.Unreadable[0].Source}: {kafka.Unreadable[0].Reason}"
            : component.Troubles.Count > 0 ? $"A pod of {component.Reference} does not come back. {string.Join(" ", component.Troubles)}"
            : shut.Count > 0
                ? $"{shut.Count} partitions accept no writes: "
                    + $"{string.Join(", ", shut.Take(NamedPartitions))}{(shut.Count > NamedPartitions ? ", …" : "")}."
            : kafka.Reassigning > 0 && progress.Pods.Any(pod => pod.NewUid is null)
                ? $"{kafka.Reassigning} partitions are being moved while pods are still to be restarted: "
                    + "a replica that is in sync now may be restarted next."
            : kafka.Quorum is null ? "The KRaft quorum could not be read."
            : kafka.Quorum.Leader is null ? "The KRaft quorum has no leader."
            : null;
        return new(sentence, AtOnce: false);
    }
}
