using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Orchestrator.Activities.Kafka;

/// <summary>Reads consumer groups: who is in them, what they committed, and where the partitions end.</summary>
internal sealed class GroupReader(IAdminClient client, string source, TimeSpan limit)
{
    /// <exception cref="KafkaUnreadableException">
    /// A part of it could not be read. A coordinator that does not answer keeps its groups to itself: what is left is not the list.
    /// </exception>
    public async Task<IReadOnlyList<ConsumerGroupReading>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAllAsync(cancellationToken);
        }
        catch (ListConsumerGroupsException e)
        {
            throw Unreadable("the list of groups", e.Results.Errors[0], e);
        }
        catch (DescribeConsumerGroupsException e)
        {
            ConsumerGroupDescription failed = e.Results.ConsumerGroupDescriptions.First(group => group.Error.IsError);
            throw Unreadable($"group {failed.GroupId}", failed.Error, e);
        }
        catch (ListConsumerGroupOffsetsException e)
        {
            ListConsumerGroupOffsetsReport failed = e.Results.Find(group => group.Error.IsError || group.Partitions.Exists(partition => partition.Error.IsError))!;
            throw Unreadable($"offsets of group {failed.Group}", failed.Error.IsError ? failed.Error : failed.Partitions.Find(partition => partition.Error.IsError)!.Error, e);
        }
        catch (ListOffsetsException e)
        {
            TopicPartitionOffsetError failed = e.Result.ResultInfos.Select(end => end.TopicPartitionOffsetError).First(end => end.Error.IsError);
            throw Unreadable($"end of {failed.TopicPartition}", failed.Error, e);
        }
    }

    private async Task<IReadOnlyList<ConsumerGroupReading>> ReadAllAsync(CancellationToken cancellationToken)
    {
        ListConsumerGroupsResult listed = await client.ListConsumerGroupsAsync(new() { RequestTimeout = limit });
        string[] ids = [.. listed.Valid.Select(group => group.GroupId).Order(StringComparer.Ordinal)];
        if (ids.Length == 0)
        {
            return [];
        }

        cancellationToken.ThrowIfCancellationRequested();
        DescribeConsumerGroupsResult described = await client.DescribeConsumerGroupsAsync(ids, new() { RequestTimeout = limit });
        List<ConsumerGroupReading> groups = [];
        foreach (ConsumerGroupDescription group in described.ConsumerGroupDescriptions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            groups.Add(new(group.GroupId, $"{group.State}", group.Members.Count, await PartitionsAsync(group.GroupId)));
        }

        return [.. groups.OrderBy(group => group.Group, StringComparer.Ordinal)];
    }

    private async Task<IReadOnlyList<GroupPartitionReading>> PartitionsAsync(string group)
    {
        // No partitions named: all that it has committed for.
        List<ListConsumerGroupOffsetsResult> results = await client.ListConsumerGroupOffsetsAsync(
            [new(group, null)], new() { RequestTimeout = limit, RequireStableOffsets = false });
        List<TopicPartitionOffsetError> committed = [.. results.Single().Partitions.Where(partition => partition.Offset >= 0)];
        if (committed.Count == 0)
        {
            return [];
        }

        ListOffsetsResult ends = await client.ListOffsetsAsync(
            committed.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition.TopicPartition, OffsetSpec = OffsetSpec.Latest() }),
            new() { RequestTimeout = limit, IsolationLevel = IsolationLevel.ReadUncommitted });
        Dictionary<TopicPartition, long> endOf = ends.ResultInfos.ToDictionary(
            end => end.TopicPartitionOffsetError.TopicPartition, end => end.TopicPartitionOffsetError.Offset.Value);
        return
        [
            .. committed
                .Select(partition => new GroupPartitionReading(partition.Topic, partition.Partition.Value, partition.Offset.Value, endOf[partition.TopicPartition]))
                .OrderBy(partition => partition.Topic, StringComparer.Ordinal)
                .ThenBy(partition => partition.Partition),
        ];
    }

    private KafkaUnreadableException Unreadable(string what, Error error, Exception inner) =>
        new(source, $"{what}: {error.Reason}.", inner) { Code = error.Code };
}
