using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>
/// Whether what one broker answers for the whole cluster can be believed. A broker answers from its own copy of the metadata, which may be
/// behind; and it leaves out topics that the asking user may not describe. Pure.
/// </summary>
internal static class MetadataGap
{
    // Controllers write a record every half second at least, so a broker that follows is never this far behind.
    private static readonly TimeSpan LagAllowed = TimeSpan.FromSeconds(10);

    /// <summary>What was left out, and why; null where nothing is known to be.</summary>
    public static UnreadableSource? Find(KafkaReading? topics, IReadOnlyList<NodeReading> brokers, IReadOnlyList<NodeReading> controllers)
    {
        if (topics is null)
        {
            return null;
        }

        TimeSpan? lag = brokers.FirstOrDefault(broker => broker.NodeId == topics.AnsweredBy)?.MetadataLag;
        if (lag > LagAllowed)
        {
            return new(
                "topics",
                $"broker {topics.AnsweredBy}, which answered, has heard nothing from the controllers for {lag.Value.TotalSeconds:0} s.");
        }

        int? counted = controllers.FirstOrDefault(controller => controller.Raft is { IsLeader: true })?.Topics;
        if (!(counted > topics.Topics.Count))
        {
            return null;
        }

        string told = $"broker {topics.AnsweredBy} listed {topics.Topics.Count} of {counted} topics";
        return lag is null
            ? new("topics", $"{told}: it lags behind the controllers, or the worker's Kafka user may not describe the rest.")
            : new(
                "topics",
                $"{told}, although it does not lag behind the controllers. The worker's Kafka user needs {KafkaDenials.DescribeTopics}.",
                KafkaDenials.DescribeTopics);
    }
}
