using Orchestrator.Sandbox.Kafka.Partitions;

namespace Orchestrator.Sandbox.Kafka.Serving;

/// <summary>What a client may create and write: enough for a canary.</summary>
internal sealed class TopicWrites(ClusterState state, KafkaAdmin admin)
{
    /// <summary>Has a topic be there with at least so many partitions; how many it has.</summary>
    public int Ensure(string? user, string name, TopicRequest wanted)
    {
        if (!state.Topics.TryGetValue(name, out Topic? topic))
        {
            state.Access.Require(user, "Create", name);
            admin.CreateTopic(name, wanted.Partitions, wanted.ReplicationFactor, wanted.Settings);
            return wanted.Partitions;
        }

        if (topic.Partitions.Count < wanted.Partitions)
        {
            state.Access.Require(user, "Alter", name);
            admin.AddPartitions(name, wanted.Partitions);
        }

        return topic.Partitions.Count;
    }

    /// <summary>Writes a record with acks=all; its offset.</summary>
    public long Write(string? user, string name, int number, string value)
    {
        state.Access.Require(user, "Write", name);
        Partition partition = Find(name, number);
        state.Replication.Count(partition);
        if (state.Replication.Refusal(partition) is { } code)
        {
            throw new KafkaRefusalException(code, $"{partition} takes no record that all in-sync replicas have to acknowledge.");
        }

        long offset = (long)Math.Ceiling(partition.End);
        partition.Written[offset] = value;
        partition.End = offset + 1;
        return offset;
    }

    /// <summary>Reads a record.</summary>
    public string Read(string? user, string name, int number, long offset)
    {
        state.Access.Require(user, "Read", name);
        Partition partition = Find(name, number);
        return partition.Leader is not { } leader || !state.Brokers[leader].Serves
            ? throw new KafkaRefusalException("LeaderNotAvailable", $"{partition} has no leader that answers.")
            : partition.Written.GetValueOrDefault(offset)
                ?? throw new KafkaRefusalException("OffsetOutOfRange", $"{partition} has no record at offset {offset}.");
    }

    /// <summary>Removes all records of a topic.</summary>
    public void Empty(string? user, string name)
    {
        state.Access.Require(user, "Delete", name);
        foreach (Partition partition in state.Topics.GetValueOrDefault(name)?.Partitions ?? [])
        {
            partition.Written.Clear();
        }
    }

    private Partition Find(string name, int number) => state.Topics.GetValueOrDefault(name)?.Partitions.ElementAtOrDefault(number)
        ?? throw new KafkaRefusalException("UnknownTopicOrPart", $"This server does not host {name}-{number}.");
}
