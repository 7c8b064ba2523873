using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Whether a Kafka cluster is healthy. Pure. What could not be read is not healthy.</summary>
public static class KafkaHealth
{
    private const int NamedPartitions = 10;
    private const int NamedTopics = 10;

    /// <summary>Every reason why the cluster is not healthy, in the order in which a person would look; empty where it is.</summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="brokerIds">The brokers that it should have; empty: unknown.</param>
    /// <param name="voterIds">The voters that its quorum should have; empty: unknown.</param>
    /// <param name="voters">How many voters it should have, where their ids are not known; null: unknown.</param>
    public static IReadOnlyList<Refusal> Check(
        KafkaSnapshot snapshot, IReadOnlyList<int> brokerIds, IReadOnlyList<int> voterIds, int? voters = null) =>
    [
        .. Unreadable(snapshot),
        .. Quorum(snapshot, voterIds, voters),
        .. Brokers(snapshot, brokerIds),
        .. Logs(snapshot),
        .. Reassignments(snapshot),
        .. Partitions(snapshot),
    ];

    /// <summary>
    /// Topics that are not available while one of their replicas restarts: without writes, and with a single replica without reads too.
    /// Where that is accepted it is a warning, so that approvers see it.
    /// </summary>
    /// <param name="snapshot">The cluster.</param>
    /// <param name="accepted">Topics that may be unavailable.</param>
    public static IReadOnlyList<Refusal> WithoutSpare(KafkaSnapshot snapshot, IReadOnlyList<string> accepted)
    {
        HashSet<string> known = [.. accepted];
        List<TopicWithoutSpare> warned = [.. snapshot.TopicsWithoutSpare.Where(topic => known.Contains(topic.Topic))];
        List<TopicWithoutSpare> blocked = [.. snapshot.TopicsWithoutSpare.Where(topic => !known.Contains(topic.Topic))];
        int unlisted = Math.Max(0, (snapshot.TopicsWithoutSpareTotal ?? 0) - snapshot.TopicsWithoutSpare.Count);
        return
        [
            .. blocked.Take(NamedTopics).Select(topic => Refusal.Block(
                KafkaCodes.RfNotAboveMinIsr,
                $"{topic.WhileOneRestarts}.",
                $"topic {topic.Topic}",
                $"replication factor {topic.ReplicationFactor}",
                $"above min.insync.replicas {topic.MinInSync}",
                "Raise its replication factor, lower its min.insync.replicas, or accept it by name in AcceptUnavailable.")),
            .. warned.Take(NamedTopics).Select(topic => Refusal.Warn(
                KafkaCodes.RfNotAboveMinIsr, $"{topic.WhileOneRestarts}; this is accepted.", $"topic {topic.Topic}")),
            .. More(warned.Count - NamedTopics, Math.Max(0, blocked.Count - NamedTopics) + unlisted, unlisted),
        ];
    }

    private static IEnumerable<Refusal> More(int warned, int blocked, int unlisted)
    {
        if (warned > 0)
        {
            yield return Refusal.Warn(
                KafkaCodes.RfNotAboveMinIsr, $"And {warned} more topics without a replica to spare, all of them accepted.", "topics");
        }

        if (blocked > 0)
        {
            string beyond = unlisted > 0
                ? $" With more than {KafkaSnapshot.MaximumWithoutSpare} topics, a change cannot tell which of them are accepted."
                : "";
            yield return Refusal.Block(
                KafkaCodes.RfNotAboveMinIsr,
                $"And {blocked} more topics without a replica to spare.{beyond}",
                "topics",
                $"{blocked}",
                "0");
        }
    }

    private static IEnumerable<Refusal> Unreadable(KafkaSnapshot snapshot) =>
        snapshot.Unreadable.Select(source => source.Denied is { } denied
            ? Refusal.Unknown(
                KafkaCodes.KafkaDenied,
                $"Kafka denies the worker's user what it needs to read {source.Source}: {source.Reason}",
                denied,
                $"Give the user {denied}, or give the worker another user in KafkaSecurity.")
            : Refusal.Unknown(
                KafkaCodes.KafkaUnreachable,
                $"Could not read {source.Source}: {source.Reason}",
                source.Source,
                "Make it reachable from the worker; a change is blocked while something cannot be read."));

    private static IEnumerable<Refusal> Quorum(KafkaSnapshot snapshot, IReadOnlyList<int> voterIds, int? voters)
    {
        if (snapshot.Quorum is not { } quorum)
        {
            // Where something could not be read, that says why.
            if (snapshot.Unreadable.Count == 0)
            {
                yield return Refusal.Unknown(KafkaCodes.KafkaUnreachable, "The KRaft quorum could not be read.", "quorum");
            }

            yield break;
        }

        if (quorum.Leader is null)
        {
            yield return Refusal.Block(KafkaCodes.QuorumNoLeader,
                $"The KRaft quorum of {Ids(quorum.Voters.Select(voter => voter.Id))} has no leader.", "quorum");
        }

        bool allAnswer = quorum.Voters.All(voter => voter.LogEndOffset is not null);
        if (quorum is { Leader: { } leader, ActiveControllers: { } active } && (active.Count > 1 || (active.Count == 0 && allAnswer)))
        {
            yield return Refusal.Block(
                KafkaCodes.ActiveControllers,
                $"{(active.Count == 0 ? "No controller claims" : $"Each of the controllers {Ids(active)} claims")} to be the active one, "
                    + $"while {leader} leads the KRaft quorum.",
                "quorum",
                $"{active.Count}",
                "1",
                "Look at the log of the leader; do not restart a controller until exactly one is active.");
        }

        List<int> actual = [.. quorum.Voters.Select(voter => voter.Id).Order()];
        if (voterIds.Count > 0 && !actual.SequenceEqual(voterIds.Order()))
        {
            yield return Refusal.Block(
                KafkaCodes.VotersMismatch,
                $"The KRaft quorum's voters are {Ids(actual)}, but the controllers' resource names {Ids(voterIds)}.",
                "quorum",
                Ids(actual),
                Ids(voterIds));
        }
        else if (voterIds.Count == 0 && voters is { } count && actual.Count != count)
        {
            yield return Refusal.Block(
                KafkaCodes.VotersMismatch,
                $"The KRaft quorum has {actual.Count} voters {Ids(actual)}, but the controllers' resource asks for {count}.",
                "quorum",
                $"{actual.Count}",
                $"{count}");
        }

        foreach (VoterSnapshot voter in quorum.Voters.Where(voter => !voter.CaughtUp))
        {
            string seen =
                voter is { Lag: <= VoterSnapshot.LagAllowed, BehindFor: { } behind }
                    ? $"it was last caught up {behind.TotalSeconds:0.#} s ago"
                : voter.LogEndOffset is not null ? voter.Lag is null ? "its lag is unknown" : $"it lags by {voter.Lag} records"
                : voter.Unread is null ? "it does not answer"
                : $"it does not answer: {voter.Unread.TrimEnd('.')}";
            yield return Refusal.Block(KafkaCodes.QuorumLagging, $"Voter {voter.Id} of the KRaft quorum is not caught up: {seen}.",
                $"voter {voter.Id}", seen, "at most 1,000 records and 2 s behind the leader");
        }
    }

    private static IEnumerable<Refusal> Logs(KafkaSnapshot snapshot)
    {
        foreach (BrokerSnapshot broker in snapshot.Brokers
            .Where(broker => broker.State == BrokerSnapshot.Recovering || broker.RemainingLogs > 0))
        {
            yield return Refusal.Block(
                KafkaCodes.BrokerRecovering,
                $"Broker {broker.Id} is recovering its log, "
                    + $"{(broker.RemainingLogs is { } logs ? $"{logs} logs and " : "")}{broker.RemainingSegments?.ToString() ?? "?"} "
                    + "segments remain; a restart would start that over.",
                $"broker {broker.Id}",
                $"BrokerState {broker.State}",
                "BrokerState 3",
                "Wait until the recovery is done.");
        }

        foreach (BrokerSnapshot broker in snapshot.Brokers.Where(broker => broker.OfflineLogDirs > 0))
        {
            yield return Refusal.Block(
                KafkaCodes.LogDirsFailed,
                $"{broker.OfflineLogDirs} log folders of broker {broker.Id} have failed; "
                    + "their data would still be missing after a restart.",
                $"broker {broker.Id}",
                $"{broker.OfflineLogDirs}",
                "0",
                "Replace the disk, or take the folder out of the broker's configuration.");
        }
    }

    private static IEnumerable<Refusal> Brokers(KafkaSnapshot snapshot, IReadOnlyList<int> brokerIds)
    {
        List<int> registered = [.. snapshot.Brokers.Where(broker => broker.Registered).Select(broker => broker.Id)];
        List<int> missing = [.. brokerIds.Except(registered).Order()];
        if (missing.Count > 0 && !snapshot.Unreadable.Any())
        {
            yield return Refusal.Block(
                KafkaCodes.BrokersMissing,
                $"{missing.Count} of {brokerIds.Count} brokers are not registered: {Ids(missing)}.",
                $"broker {missing[0]}",
                $"{registered.Count} registered",
                $"{brokerIds.Count}");
        }
    }

    private static IEnumerable<Refusal> Reassignments(KafkaSnapshot snapshot)
    {
        if (snapshot.Reassigning > 0)
        {
            yield return Refusal.Block(
                KafkaCodes.ReassignmentRunning,
                $"{snapshot.Reassigning} partitions are being moved.",
                "reassignments",
                $"{snapshot.Reassigning}",
                "0",
                "Wait until the reassignment is over, or cancel it.");
        }
        else if (snapshot.ThrottledTopics.Count > 0)
        {
            int throttled = snapshot.ThrottledTotal ?? snapshot.ThrottledTopics.Count;
            string more = throttled > snapshot.ThrottledTopics.Count ? $" and {throttled - snapshot.ThrottledTopics.Count} more" : "";
            yield return Refusal.Block(
                KafkaCodes.ThrottleLeft,
                $"Nothing is being moved, but replicas of {throttled} topics are still throttled: "
                    + $"{string.Join(", ", snapshot.ThrottledTopics.Take(NamedPartitions))}{more}. "
                    + "A restarted broker may not catch up.",
                "reassignments",
                $"{throttled} topics throttled",
                "0",
                "End the move with kafka-reassign-partitions --verify, or delete leader.replication.throttled.replicas and "
                    + "follower.replication.throttled.replicas of the topics.");
        }
    }

    private static IEnumerable<Refusal> Partitions(KafkaSnapshot snapshot)
    {
        (string Code, int Count, string What, Func<PartitionSnapshot, bool> Which)[] rows =
        [
            (KafkaCodes.PartitionsOffline, snapshot.Offline, "have no leader", partition => partition.IsOffline),
            (KafkaCodes.PartitionsUnderMinIsr, snapshot.UnderMinIsr, "have fewer in-sync replicas than min.insync.replicas",
                partition => partition.IsUnderMinIsr),
            (KafkaCodes.PartitionsUnderReplicated, snapshot.UnderReplicated, "have replicas that are not in sync",
                partition => partition.IsUnderReplicated),
        ];
        foreach ((string code, int count, string what, Func<PartitionSnapshot, bool> which) in rows.Where(row => row.Count > 0))
        {
            List<PartitionSnapshot> named = [.. snapshot.Exposed.Where(which).Take(NamedPartitions)];
            string more = count > named.Count ? $", and {count - named.Count} more" : "";
            yield return Refusal.Block(
                code, $"{count} of {snapshot.Partitions} partitions {what}: {string.Join(", ", named)}{more}.", "partitions", $"{count}",
                "0");
        }
    }

    private static string Ids(IEnumerable<int> ids) => $"[{ShortList.Of([.. ids.Select(id => $"{id}")])}]";
}
