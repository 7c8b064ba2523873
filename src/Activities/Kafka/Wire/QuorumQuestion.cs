namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>DescribeQuorum: the quorum of the metadata log.</summary>
internal static class QuorumQuestion
{
    private const short Key = 55;
    private const short FirstWithTimes = 1;
    private const short FirstWithDirectories = 2;
    private const string MetadataTopic = "__cluster_metadata";

    /// <summary>Asks; the broker forwards it to the active controller.</summary>
    /// <exception cref="WireException">The broker refuses.</exception>
    public static async Task<QuorumReading> AskAsync(WireConnection connection, CancellationToken cancellationToken)
    {
        short version = Math.Min(FirstWithDirectories, await connection.VersionOfAsync(Key, cancellationToken) ?? 0);
        WireWriter body = new WireWriter()
            .CompactArray(1).CompactString(MetadataTopic)
            .CompactArray(1).Int32(0).NoTags()
            .NoTags()
            .NoTags();
        WireReader answer = await connection.SendAsync(Key, version, body, cancellationToken);
        short error = answer.Int16();
        WireException.ThrowIf(error, version >= FirstWithDirectories ? answer.CompactNullableString() : null);
        List<List<QuorumReading>> topics = answer.CompactList(() =>
        {
            answer.CompactString();
            List<QuorumReading> partitions = answer.CompactList(() => Partition(answer, version));
            answer.SkipTags();
            return partitions;
        });
        return topics.Single().Single();
    }

    private static QuorumReading Partition(WireReader answer, short version)
    {
        answer.Int32();
        short error = answer.Int16();
        WireException.ThrowIf(error, version >= FirstWithDirectories ? answer.CompactNullableString() : null);
        int leader = answer.Int32();
        QuorumReading quorum = new(
            leader < 0 ? null : leader,
            answer.Int32(),
            answer.Int64(),
            [.. answer.CompactList(() => Replica(answer, version)).OrderBy(voter => voter.NodeId)],
            [.. answer.CompactList(() => Replica(answer, version)).OrderBy(observer => observer.NodeId)]);
        answer.SkipTags();
        return quorum;
    }

    private static ReplicaReading Replica(WireReader answer, short version)
    {
        int id = answer.Int32();
        if (version >= FirstWithDirectories)
        {
            answer.SkipUuid();
        }

        long end = answer.Int64();
        DateTimeOffset? fetched = version >= FirstWithTimes ? Time(answer.Int64()) : null;
        DateTimeOffset? caughtUp = version >= FirstWithTimes ? Time(answer.Int64()) : null;
        answer.SkipTags();
        return new(id, end, fetched, caughtUp);
    }

    private static DateTimeOffset? Time(long milliseconds) =>
        milliseconds < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
