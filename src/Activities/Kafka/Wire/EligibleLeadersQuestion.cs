using Confluent.Kafka;

namespace Orchestrator.Activities.Kafka.Wire;

/// <summary>DescribeTopicPartitions: who may lead, page by page.</summary>
internal static class EligibleLeadersQuestion
{
    private const short Key = 75;
    private const int PartitionsPerPage = 2000;
    private const sbyte Null = -1;

    /// <summary>Asks for all topics; null where the release does not know the question.</summary>
    /// <exception cref="WireException">The broker refuses.</exception>
    public static async Task<IReadOnlyList<EligibleLeadersReading>?> AskAsync(
        WireConnection connection, CancellationToken cancellationToken)
    {
        if (await connection.VersionOfAsync(Key, cancellationToken) is null)
        {
            return null;
        }

        List<EligibleLeadersReading> found = [];
        (string Topic, int Partition)? cursor = null;
        do
        {
            WireReader answer = await connection.SendAsync(Key, 0, Body(cursor), cancellationToken);
            answer.Int32();
            found.AddRange(answer.CompactList(() => Topic(answer)).SelectMany(partitions => partitions));
            cursor = Cursor(answer);
        }
        while (cursor is not null);

        // A page may break off within a topic, and the next one begins with its last partition again.
        return [.. found.Where(IsOfInterest).DistinctBy(
            each => (each.Topic, each.Partition)).OrderBy(each => each.Topic, StringComparer.Ordinal).ThenBy(each => each.Partition)];
    }

    private static bool IsOfInterest(EligibleLeadersReading partition) =>
        partition.Leader is null || partition.Eligible.Count > 0 || partition.LastKnown.Count > 0 || partition.Offline.Count > 0;

    // No topics named: all of them.
    private static WireWriter Body((string Topic, int Partition)? cursor)
    {
        WireWriter body = new WireWriter().CompactArray(0).Int32(PartitionsPerPage);
        return (cursor is var (topic, partition) ? body.Int8(1).CompactString(topic).Int32(partition).NoTags() : body.Int8(Null)).NoTags();
    }

    private static List<EligibleLeadersReading> Topic(WireReader answer)
    {
        short error = answer.Int16();
        string name = answer.CompactString();
        WireException.ThrowIf(error, error == 0 ? null : $"topic {name}: {new Error((ErrorCode)error).Reason}");
        answer.SkipUuid();
        answer.Bool();
        List<EligibleLeadersReading> partitions = answer.CompactList(() => Partition(answer, name));
        answer.Int32();
        answer.SkipTags();
        return partitions;
    }

    private static EligibleLeadersReading Partition(WireReader answer, string topic)
    {
        // A partition without a leader has an error of its own, which says no more than that.
        answer.Int16();
        int partition = answer.Int32();
        int leader = answer.Int32();
        answer.Int32();
        answer.CompactInts();
        answer.CompactInts();
        EligibleLeadersReading read = new(
            topic, partition, leader < 0 ? null : leader, answer.CompactInts(), answer.CompactInts(), answer.CompactInts());
        answer.SkipTags();
        return read;
    }

    private static (string Topic, int Partition)? Cursor(WireReader answer)
    {
        if (answer.Int8() == Null)
        {
            return null;
        }

        (string, int) cursor = (answer.CompactString(), answer.Int32());
        answer.SkipTags();
        return cursor;
    }
}
