using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;

namespace Orchestrator.Activities.Tests.Kafka;

public sealed class MetadataGapTests
{
    // Topics told, topics that the leading controller counts, seconds that the broker that answered lags behind.
    [Theory]
    [InlineData(2, 2, 0.5, null)]
    [InlineData(3, 2, 0.5, null)]
    [InlineData(2, null, null, null)]
    [InlineData(2, 2, 10.0, null)]
    [InlineData(2, 2, 12.0, "broker 1, which answered, has heard nothing from the controllers for 12 s.")]
    [InlineData(
        1, 2, null,
        "broker 1 listed 1 of 2 topics: it lags behind the controllers, or the worker's Kafka user may not describe the rest.")]
    [InlineData(
        1, 2, 0.5,
        "broker 1 listed 1 of 2 topics, although it does not lag behind the controllers. "
            + "The worker's Kafka user needs Describe on all topics.")]
    public void Gap_OfWhatWasToldAndCounted_IsThis(int told, int? counted, double? lag, string? reason)
    {
        KafkaReading reading = new(1, [0, 1], [.. Enumerable.Range(0, told).Select(i => new TopicReading($"t{i}", 1, []))]);
        NodeReading quick = new("kafka-0", 0, null) { MetadataLag = TimeSpan.Zero };
        NodeReading answered = new("kafka-1", 1, null) { MetadataLag = lag is null ? null : TimeSpan.FromSeconds(lag.Value) };
        NodeReading follower = new("kraft-0", 9990, null) { Raft = new("follower", 9991, 1, 1, 2), Topics = 99 };
        NodeReading leader = new("kraft-1", 9991, null) { Raft = new("leader", 9991, 1, 1, 2), Topics = counted };

        Assert.Equal(reason, MetadataGap.Find(reading, [quick, answered], [follower, leader])?.Reason);
    }
}
