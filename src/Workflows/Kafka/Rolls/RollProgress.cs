using System.Text.Json.Serialization;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>How far a roll has come: all that a watcher needs to continue after an interruption.</summary>
public sealed record RollProgress
{
    /// <summary>When the roll was triggered.</summary>
    public required DateTimeOffset TriggeredAt { get; init; }

    /// <summary>The generation that the trigger gave the resource.</summary>
    public required long TriggerGeneration { get; init; }

    /// <summary>The StatefulSet's update revision before the trigger.</summary>
    public required string BaselineRevision { get; init; }

    /// <summary>The value that triggers the roll; null where none does, or where somebody reverted it.</summary>
    public string? Key { get; init; }

    /// <summary>The value that was there before it; null where there was none.</summary>
    public string? KeyBefore { get; init; }

    /// <summary>Whether somebody reverted the trigger: it ends when all pods are at <see cref="BaselineRevision"/> again.</summary>
    public bool IsTakenBack { get; init; }

    /// <summary>When the cluster was last read; null before the first time.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>Since when the cluster cannot be read; null where it can.</summary>
    public DateTimeOffset? UnreadSince { get; init; }

    /// <summary>Whether people were told that it cannot be read.</summary>
    public bool IsUnreadTold { get; init; }

    /// <summary>
    /// The pods, in the order in which the operator takes them: highest ordinal first. Of more than ten, those that it is at and the next.
    /// </summary>
    public required IReadOnlyList<PodRoll> Pods { get; init; }

    /// <summary>The revision that the trigger made; null before the operator picked it up.</summary>
    public string? NewRevision { get; init; }

    /// <summary>When the last milestone was reached; the limits of a pod count from here.</summary>
    public required DateTimeOffset MilestoneAt { get; init; }

    /// <summary>When something last moved forward.</summary>
    public required DateTimeOffset MovedAt { get; init; }

    /// <summary>
    /// The states seen since the last milestone; a state seen before does not count as progress, so a crash loop does not look like one.
    /// </summary>
    public IReadOnlyList<string> SeenStates { get; init; } = [];

    /// <summary>The fewest log segments left to recover that were seen since the last milestone.</summary>
    public int? LowestRemainingSegments { get; init; }

    /// <summary>The fewest under-replicated partitions that were seen since the last milestone.</summary>
    public int? LowestUnderReplicated { get; init; }

    /// <summary>Since when a danger to the cluster lasts; null where there is none.</summary>
    public DateTimeOffset? DangerSince { get; init; }

    /// <summary>How many healthy readings in a row were made at the end.</summary>
    public int SteadySamples { get; init; }

    /// <summary>When the last of those was made.</summary>
    public DateTimeOffset? SteadyAt { get; init; }

    /// <summary>What was last seen, in one sentence.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>The numbers of the last reading; null before the first.</summary>
    public RollFacts? Facts { get; init; }

    /// <summary>How many pods come after <see cref="Pods"/>.</summary>
    public int Waiting { get; init; }

    /// <summary>How many pods are done and not in <see cref="Pods"/> any more.</summary>
    public int Through { get; init; }

    /// <summary>How many of those were restarted.</summary>
    public int RestartedBefore { get; init; }

    /// <summary>How many pods there are.</summary>
    [JsonIgnore]
    public int Total => Through + Pods.Count + Waiting;

    /// <summary>How many pods were restarted since the trigger, whatever for.</summary>
    [JsonIgnore]
    public int Restarted => RestartedBefore + Pods.Count(pod => pod.Replacements > 0);

    /// <summary>A roll that was just triggered.</summary>
    /// <param name="before">The resource before the trigger.</param>
    /// <param name="baselineRevision">The StatefulSet's update revision before the trigger.</param>
    /// <param name="triggerGeneration">The generation that the trigger gave the resource.</param>
    /// <param name="at">When it was triggered.</param>
    /// <param name="key">The value that triggers it; null where it is not looked at.</param>
    public static RollProgress Triggered(
        ComponentSnapshot before, string baselineRevision, long triggerGeneration, DateTimeOffset at, string? key = null) =>
        RollWindow.Open(
            new()
            {
                Key = key,
                KeyBefore = before.ManualRoll,
                TriggeredAt = at,
                MilestoneAt = at,
                MovedAt = at,
                TriggerGeneration = triggerGeneration,
                BaselineRevision = baselineRevision,
                Pods = [],
            },
            before);

    /// <summary>One pod that is restarted at the revision that all pods have.</summary>
    /// <param name="component">The resource before the restart.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="at">When it is restarted.</param>
    public static RollProgress Restart(ComponentSnapshot component, PodSnapshot pod, DateTimeOffset at) => new()
    {
        TriggeredAt = at,
        MilestoneAt = at,
        MovedAt = at,
        TriggerGeneration = component.Generation,
        BaselineRevision = component.StatefulSet!.UpdateRevision,
        NewRevision = component.StatefulSet.UpdateRevision,
        Pods = [new PodRoll(pod.Name, pod.Uid)],
    };

    /// <summary>Continues after people looked at it: every limit counts from now.</summary>
    public RollProgress GoesOn(DateTimeOffset at) => this with
    {
        TriggeredAt = at,
        MilestoneAt = at,
        MovedAt = at,
        DangerSince = null,
        SeenStates = [],
        LowestRemainingSegments = null,
        LowestUnderReplicated = null,
        SteadySamples = 0,
        SteadyAt = null,
    };
}
