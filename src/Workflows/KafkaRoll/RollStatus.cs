namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>Where a supervised roll stands: the answer of its query <c>status</c>.</summary>
/// <param name="Resource">The resource that rolls, such as <c>kafkas.platform.confluent.io confluent/kafka</c>.</param>
/// <param name="Sentence">What it waits for, in one sentence.</param>
/// <param name="Blocked">Whether it is stalled.</param>
/// <param name="Pods">Its pods, in the order in which the operator takes them.</param>
public sealed record RollStatus(string Resource, string Sentence, bool Blocked, IReadOnlyList<PodRoll> Pods);
