namespace Orchestrator.Activities.Kafka;

/// <summary>A node that follows the metadata log.</summary>
/// <param name="NodeId">Its id.</param>
/// <param name="LogEndOffset">The end of its log; -1 where the leader has not heard of it.</param>
/// <param name="LastFetchAt">When it last asked the leader for records; null for the leader, and where that is not known.</param>
/// <param name="LastCaughtUpAt">When it last had everything that the leader had; null where that is not known.</param>
public sealed record ReplicaReading(int NodeId, long LogEndOffset, DateTimeOffset? LastFetchAt, DateTimeOffset? LastCaughtUpAt);
