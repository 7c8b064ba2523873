namespace Orchestrator.Sandbox.Kafka.Serving;

// What the box answers, as its client reads it: the names are the contract.

internal sealed record RefusalAnswer(string? Code, string Reason);

internal sealed record ClusterAnswer(string ClusterId, IReadOnlyList<int> BrokerIds);

internal sealed record TopicsAnswer(int AnsweredBy, IReadOnlyList<int> BrokerIds, string ClusterId, IReadOnlyList<TopicAnswer> Topics);

internal sealed record TopicAnswer(string Name, int MinInSync, bool Throttled, IReadOnlyList<PartitionAnswer> Partitions);

internal sealed record PartitionAnswer(
    string Topic, int Partition, int? Leader, IReadOnlyList<int> Replicas, IReadOnlyList<int> InSync, int MinInSync);

internal sealed record EligibleAnswer(
    string Topic, int Partition, int? Leader, IReadOnlyList<int> Eligible, IReadOnlyList<int> LastKnown, IReadOnlyList<int> Offline);

internal sealed record QuorumAnswer(
    int? Leader, int Epoch, long HighWatermark, IReadOnlyList<FollowerAnswer> Voters, IReadOnlyList<FollowerAnswer> Observers);

internal sealed record FollowerAnswer(int NodeId, long LogEndOffset, DateTimeOffset? LastFetchAt, DateTimeOffset? LastCaughtUpAt);

internal sealed record DiskAnswer(int Broker, string? Folder, long TotalBytes, long UsableBytes);

internal sealed record CountAnswer(int Count);

internal sealed record OffsetAnswer(long Offset);

internal sealed record TopicRequest(int Partitions, int ReplicationFactor, IReadOnlyDictionary<string, string>? Settings);

internal sealed record RecordBody(string Value);
