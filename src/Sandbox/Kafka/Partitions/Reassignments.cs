namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>Moves of replicas, as <c>kafka-reassign-partitions</c> asks for them.</summary>
internal static class Reassignments
{
    /// <summary>Begins a move, or changes the one that runs.</summary>
    /// <exception cref="KafkaRefusalException">The quorum has no leader, or a broker does not exist.</exception>
    public static void Begin(ClusterState state, Partition partition, IReadOnlyList<int> target)
    {
        state.Quorum.Require();
        if (target.Count == 0 || target.Distinct().Count() != target.Count || target.Any(id => !state.Brokers.Has(id)))
        {
            throw new KafkaRefusalException(
                "InvalidReplicaAssignment", $"[{string.Join(',', target)}] are not brokers of the cluster, each once.");
        }

        state.Replication.Count(partition);
        partition.Origin = partition.Target is null ? partition.Replicas : partition.Origin;
        partition.Target = [.. target];
        List<int> all = [.. target, .. partition.Origin.Except(target)];
        foreach (int id in all.Except(partition.Logs.Keys).ToList())
        {
            partition.Logs[id] = new(id) { Missing = partition.SizeBytes, End = partition.End, IsLate = true };
            state.Brokers[id].Hosted.Add(partition);
        }

        partition.Replicas = all;
        state.Quorum.Append(1);
        foreach (int id in all)
        {
            state.Replication.Fetch(state.Brokers[id]);
        }

        state.Leadership.Settle(partition);
    }

    /// <summary>Calls a move off: the partition stays where it was.</summary>
    /// <exception cref="KafkaRefusalException">It is not being moved, or the quorum has no leader.</exception>
    public static void Cancel(ClusterState state, Partition partition)
    {
        state.Quorum.Require();
        if (partition.Target is null)
        {
            throw new KafkaRefusalException("NoReassignmentInProgress", $"{partition} is not being moved.");
        }

        End(state, partition, partition.Origin);
    }

    /// <summary>Ends a move whose new replicas are all in sync.</summary>
    public static void Complete(ClusterState state, Partition partition)
    {
        if (partition.Target is { } target && target.TrueForAll(partition.InSync.Contains))
        {
            End(state, partition, target);
        }
    }

    private static void End(ClusterState state, Partition partition, List<int> replicas)
    {
        partition.Target = null;
        foreach (int id in partition.Logs.Keys.Except(replicas).ToList())
        {
            partition.Logs[id].CatchUp?.Cancel();
            partition.Logs[id].Lag?.Cancel();
            partition.Logs.Remove(id);
            state.Brokers[id].Hosted.Remove(partition);
        }

        partition.Replicas = [.. replicas];
        partition.InSync.RemoveAll(id => !replicas.Contains(id));
        partition.Eligible.RemoveAll(id => !replicas.Contains(id));
        state.Leadership.Settle(partition);
    }
}
