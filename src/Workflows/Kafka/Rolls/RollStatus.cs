namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>
/// Where a supervised roll stood when the last pod was through: the answer of its query <c>status</c>. What is seen since then is in the
/// heartbeat of its pending activity <c>WatchRoll</c>: a <see cref="RollProgress"/>.
/// </summary>
/// <param name="Resource">The resource that rolls, such as <c>kafkas.platform.confluent.io confluent/kafka</c>.</param>
/// <param name="Sentence">What it waits for, in one sentence.</param>
/// <param name="Blocked">Whether the watch has ended before the last pod was through; the run then asks a person.</param>
/// <param name="Pods">Its pods, in the order in which the operator takes them.</param>
/// <param name="Facts">The numbers of the last reading; null before the first.</param>
public sealed record RollStatus(string Resource, string Sentence, bool Blocked, IReadOnlyList<PodRoll> Pods, RollFacts? Facts = null)
{
    /// <summary>The same roll as a later heartbeat shows it.</summary>
    public RollStatus With(RollProgress seen) =>
        this with { Sentence = seen.Sentence, Pods = seen.Pods, Facts = seen.Facts, Through = seen.Through, Waiting = seen.Waiting };

    /// <summary>
    /// How many pods are done and not in <see cref="Pods"/> any more: of more than ten, those are listed that the operator is at.
    /// </summary>
    public int Through { get; init; }

    /// <summary>How many pods come after <see cref="Pods"/>.</summary>
    public int Waiting { get; init; }
}
