namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>
/// What the active controller makes of a partition: who is in sync, who may lead and who does. Without a leader of the quorum nothing
/// changes, and everything is looked at again once there is one. The rules are those of Kafka's <c>PartitionChangeBuilder</c>, with
/// eligible leader replicas (KIP-966) where that feature is on.
/// </summary>
internal sealed class Leadership(ClusterState state)
{
    private const string Unclean = "unclean.leader.election.enable";
    private const string Balances = "auto.leader.rebalance.enable";

    private bool _isBehind;
    private bool _balanceIsDue;

    /// <summary>The effective min.insync.replicas of a topic.</summary>
    public int MinInSync(Topic topic) => int.TryParse(Setting(topic, Topic.MinInSync), out int value) ? value : 1;

    /// <summary>
    /// The effective value of a setting: the topic's own, else that of all brokers, else that of their file; null where it stands nowhere.
    /// </summary>
    public string? Setting(Topic topic, string name) =>
        topic.Settings.GetValueOrDefault(name) ?? state.ClusterSettings.GetValueOrDefault(name) ?? state.BrokerFile.GetValueOrDefault(name);

    /// <summary>Looks at a partition after something about its replicas has changed.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="unclean">A broker that came back from an unclean stop: it is not known to have what it had.</param>
    public void Settle(Partition partition, int? unclean = null)
    {
        if (state.Quorum.Leader is null)
        {
            _isBehind = true;
            return;
        }

        state.Replication.Count(partition);
        (int? before, List<int> inSyncBefore) = (partition.Leader, partition.InSync);
        List<int> inSync =
        [
            .. inSyncBefore.Where(id => state.Brokers[id].CanLead(partition)
                && (id == before || !partition.Logs[id].IsLate) && !(id == unclean && state.Features.HasEligibleLeaders)),
        ];
        int? leader = before is { } current && inSync.Contains(current) ? current
            : FirstOf(partition, inSync.Contains) ?? (inSync.Count == 0 ? OutOfSyncLeader(partition, unclean) : null);
        if (leader is { } one)
        {
            inSync = inSync.Count == 0 ? [one] : inSync;
            inSync.AddRange(partition.Replicas.Where(
                id => !inSync.Contains(id) && partition.Logs[id].IsCurrent && state.Brokers[id].CanLead(partition)));
        }
        else if (!state.Features.HasEligibleLeaders)
        {
            // Without the account of eligible leaders, the last one that was in sync stays so on paper.
            inSync = [before ?? inSyncBefore[0]];
        }

        partition.Eligible = Eligible(partition, inSync, unclean);
        partition.InSync = inSync;
        partition.LastKnownLeader = inSync.Count + partition.Eligible.Count > 0 ? null : before ?? partition.LastKnownLeader;
        if (before != leader || !inSync.SequenceEqual(inSyncBefore))
        {
            state.Quorum.Append(1);
        }

        Lead(partition, leader);
        Reassignments.Complete(state, partition);
        PlanBalance(partition);
    }

    /// <summary>Looks at every partition again, as a new active controller does, where something could not be done before.</summary>
    public void SettleAll()
    {
        if (_isBehind)
        {
            _isBehind = false;
            foreach (Partition partition in state.Partitions.ToList())
            {
                Settle(partition);
            }
        }
    }

    /// <summary>Makes the first replica of every partition its leader, where it is in sync; how many changed their leader.</summary>
    /// <exception cref="KafkaRefusalException">The quorum has no leader.</exception>
    public int ElectPreferred()
    {
        state.Quorum.Require();
        int moved = 0;
        foreach (Partition partition in state.Partitions.Where(IsElsewhere))
        {
            state.Replication.Count(partition);
            Lead(partition, partition.Replicas[0]);
            state.Quorum.Append(1);
            moved++;
        }

        return moved;
    }

    /// <summary>Has another replica lead that is in sync and is not held.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="KafkaRefusalException">The quorum has no leader.</exception>
    public bool StepDown(Partition partition)
    {
        state.Quorum.Require();
        if (FirstOf(partition, id => id != partition.Leader && partition.InSync.Contains(id) && !partition.Logs[id].IsHeld) is not { } next)
        {
            return false;
        }

        state.Replication.Count(partition);
        Lead(partition, next);
        state.Quorum.Append(1);
        return true;
    }

    /// <summary>Whether another than the first replica leads, though that could.</summary>
    private bool IsElsewhere(Partition partition) => partition.Leader is { } leader && leader != partition.Replicas[0]
        && partition.InSync.Contains(partition.Replicas[0]) && state.Brokers[partition.Replicas[0]].CanLead(partition);

    private int? FirstOf(Partition partition, Func<int, bool> which) => partition.Replicas
        .Where(id => which(id) && state.Brokers[id].CanLead(partition)).Select(id => (int?)id).FirstOrDefault();

    // Nobody is in sync: one that has every acknowledged record, else the one that led last, else any where that is allowed.
    private int? OutOfSyncLeader(Partition partition, int? unclean) =>
        FirstOf(partition, Eligible(partition, [], unclean).Contains)
        ?? (state.Features.HasEligibleLeaders ? FirstOf(partition, id => id == partition.LastKnownLeader) : null)
        ?? (Setting(partition.Topic, Unclean) == "true" ? FirstOf(partition, _ => true) : null);

    private List<int> Eligible(Partition partition, List<int> inSync, int? unclean) =>
        !state.Features.HasEligibleLeaders || inSync.Count >= Math.Min(MinInSync(partition.Topic), partition.Replicas.Count)
            ? []
            :
            [
                .. partition.Replicas.Where(id => (partition.InSync.Contains(id) || partition.Eligible.Contains(id))
                    && !inSync.Contains(id) && id != unclean),
            ];

    private void Lead(Partition partition, int? leader)
    {
        if (partition.Leader == leader)
        {
            if (leader is { } same && !partition.Logs[same].IsCurrent && state.Brokers[same].Replicates)
            {
                // It came back before anybody had noticed that it was away.
                state.Replication.Follow(partition, same);
            }

            return;
        }

        partition.Leader = leader;
        partition.LeaderEpoch++;
        if (leader is { } id)
        {
            state.Replication.Follow(partition, id);
        }
        else
        {
            state.Replication.LoseLeader(partition);
        }
    }

    // The active controller looks every few minutes; where nothing is to be done, nothing needs to be looked at.
    private void PlanBalance(Partition partition)
    {
        if (_balanceIsDue || !IsElsewhere(partition) || state.BrokerFile.GetValueOrDefault(Balances) == "false")
        {
            return;
        }

        _balanceIsDue = true;
        state.After(state.Timings.LeaderBalance, "the balance of leaders", () =>
        {
            _balanceIsDue = false;
            if (state.Quorum.Leader is not null)
            {
                ElectPreferred();
            }
        });
    }
}
