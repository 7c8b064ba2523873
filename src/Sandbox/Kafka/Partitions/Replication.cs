using Orchestrator.Sandbox.Kafka.Nodes;

namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>The way of records: what producers get acknowledged, and how replicas that were away catch up.</summary>
internal sealed class Replication(ClusterState state)
{
    private const string ThrottledReplicas = "follower.replication.throttled.replicas";
    private const string ThrottledRate = "follower.replication.throttled.rate";

    /// <summary>Whether a partition takes records with acks=all now; why not, in one of Kafka's names of errors.</summary>
    public string? Refusal(Partition partition) =>
        partition.Leader is not { } leader ? "LeaderNotAvailable"
        : !state.Brokers[leader].Serves ? "NetworkException"
        : partition.InSync.Count < Math.Min(state.Leadership.MinInSync(partition.Topic), partition.Replicas.Count) ? "NotEnoughReplicas"
        : !partition.InSync.TrueForAll(id => partition.Logs[id].IsCurrent) ? "RequestTimedOut"
        : null;

    /// <summary>Counts the records that were acknowledged since the last time. Before anything changes of which that depends.</summary>
    public void Count(Partition partition)
    {
        if (partition.Topic.RecordsPerSecond > 0 && Refusal(partition) is null)
        {
            partition.End += partition.Topic.RecordsPerSecond * (state.Now - partition.CountedAt).TotalSeconds;
        }

        partition.CountedAt = state.Now;
    }

    /// <summary>A replica gets nothing any more.</summary>
    public void Leave(Partition partition, int broker)
    {
        Replica replica = partition.Logs[broker];
        Count(partition);
        Interrupt(partition, replica);
        if (replica.IsCurrent)
        {
            (replica.IsCurrent, replica.End) = (false, partition.End);
        }

        if (replica.Lag is null && !replica.IsLate && partition.Leader != broker)
        {
            replica.Lag = state.After(state.Timings.ReplicaLag, $"lag of {partition} on {broker}", () =>
            {
                (replica.IsLate, replica.Lag) = (true, null);
                state.Leadership.Settle(partition);
            });
        }
    }

    /// <summary>Lets the replicas of a broker fetch what they lack, one after the other.</summary>
    public void Fetch(Broker broker)
    {
        List<Partition> behind = [.. broker.Hosted.Where(partition => !partition.Logs[broker.Id].IsCurrent)
            .OrderBy(partition => partition.Topic.Name, StringComparer.Ordinal).ThenBy(partition => partition.Number)];
        Dictionary<bool, double> seconds = new() { [true] = 0, [false] = 0 };
        foreach (Partition partition in behind)
        {
            Replica replica = partition.Logs[broker.Id];
            Count(partition);
            Interrupt(partition, replica);
            if (!broker.Replicates || broker.CatchUpFactor <= 0 || replica.IsHeld || broker.FolderOf(partition).HasFailed
                || partition.Leader is not { } leader || leader == broker.Id || !state.Brokers[leader].Replicates)
            {
                continue;
            }

            (bool isThrottled, double rate) = Rate(partition, broker);
            seconds[isThrottled] += Behind(partition, replica) / rate;
            replica.CatchUpBegan = state.Now;
            TimeSpan after = state.Timings.FirstFetch + TimeSpan.FromSeconds(Math.Min(seconds[isThrottled], TimeSpan.MaxValue.TotalDays));
            replica.CatchUp = state.After(after, $"catch-up of {partition} on {broker.Id}", () => CaughtUp(partition, replica));
        }
    }

    /// <summary>A partition has another leader: what only others had is gone, and who is behind fetches from it.</summary>
    public void Follow(Partition partition, int leader)
    {
        Replica first = partition.Logs[leader];
        Interrupt(partition, first);
        if (!first.IsCurrent)
        {
            double lost = partition.End - first.End;
            partition.Lost += lost;
            partition.End = first.End;
            foreach (long offset in partition.Written.Keys.Where(offset => offset >= first.End).ToList())
            {
                partition.Written.Remove(offset);
            }
        }

        Join(first);
        foreach (Replica replica in partition.Logs.Values.Where(replica => !replica.IsCurrent))
        {
            replica.End = Math.Min(replica.End, partition.End);
            if (state.Brokers[replica.Broker].Replicates)
            {
                Fetch(state.Brokers[replica.Broker]);
            }
        }
    }

    /// <summary>Nobody leads: nobody can catch up.</summary>
    public void LoseLeader(Partition partition)
    {
        foreach (Replica replica in partition.Logs.Values)
        {
            Interrupt(partition, replica);
        }
    }

    /// <summary>The bytes that a replica lacks.</summary>
    public static double Behind(Partition partition, Replica replica) => replica.IsCurrent ? 0
        : Math.Min(
            replica.Missing + (Math.Max(0, partition.End - replica.End) * partition.Topic.RecordBytes), partition.SizeBytes);

    private void CaughtUp(Partition partition, Replica replica)
    {
        Count(partition);
        Join(replica);
        state.Leadership.Settle(partition);
    }

    private static void Join(Replica replica)
    {
        replica.CatchUp?.Cancel();
        replica.Lag?.Cancel();
        (replica.IsCurrent, replica.IsLate, replica.Missing, replica.CatchUp, replica.Lag) = (true, false, 0, null, null);
    }

    // What it has fetched already stays with it.
    private void Interrupt(Partition partition, Replica replica)
    {
        if (replica.CatchUp is { IsOff: false } due)
        {
            double done = Math.Clamp((state.Now - replica.CatchUpBegan) / (due.At - replica.CatchUpBegan), 0, 1);
            replica.Missing *= 1 - done;
            replica.End += (partition.End - replica.End) * done;
            due.Cancel();
        }

        replica.CatchUp = null;
    }

    private (bool IsThrottled, double BytesPerSecond) Rate(Partition partition, Broker broker)
    {
        double own = state.Timings.CatchUpBytesPerSecond * broker.CatchUpFactor;
        return !string.IsNullOrEmpty(partition.Topic.Settings.GetValueOrDefault(ThrottledReplicas))
            && double.TryParse(state.ClusterSettings.GetValueOrDefault(ThrottledRate), out double throttle) && throttle < own
            ? (true, Math.Max(1, throttle))
            : (false, own);
    }
}
