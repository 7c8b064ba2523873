using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Kafka;

/// <summary>A Kafka cluster, as an administrator's client sees it.</summary>
public interface IKafkaCluster
{
    /// <summary>
    /// Reads the brokers and all topics, internal ones included, with leader, replicas, in-sync replicas and the effective
    /// min.insync.replicas of each. Either all of it is read, or it fails.
    /// </summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="KafkaUnreadableException">It could not be read; the text says why.</exception>
    Task<KafkaReading> ReadAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>Reads which cluster the brokers say that they are.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="KafkaUnreadableException">It could not be read; the text says why.</exception>
    Task<string> ReadClusterIdAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>Makes the preferred replica of every partition its leader, where it is in sync and not the leader yet.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>How many partitions got another leader.</returns>
    /// <exception cref="KafkaUnreadableException">The cluster does not answer, or refuses.</exception>
    Task<int> ElectPreferredLeadersAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>Reads the KRaft quorum as its leader sees it: also who follows without a vote, and when each had last caught up.</summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="KafkaUnreadableException">It could not be read, as when the quorum has no leader; the text says why.</exception>
    Task<QuorumReading> ReadQuorumAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the partitions of which a replica is away or out of sync, with the replicas that may be elected without a loss.
    /// </summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>By topic and partition; null where the release does not keep account of them (before Kafka 3.7).</returns>
    /// <exception cref="KafkaUnreadableException">It could not be read; the text says why.</exception>
    Task<IReadOnlyList<EligibleLeadersReading>?> ReadEligibleLeadersAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Reads how full the volume of each broker's log folders is, from each broker itself. Either all of it is read, or it fails.
    /// </summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <returns>By broker, the fullest of its volumes.</returns>
    /// <exception cref="KafkaUnreadableException">One could not be read; the text says which and why.</exception>
    Task<IReadOnlyList<DiskSnapshot>> ReadDisksAsync(KafkaAddress address, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a record to each partition of the canary's own topic with acks=all, reads it back, and empties the topic, which is made where
    /// it is missing.
    /// </summary>
    /// <param name="address">The cluster.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="KafkaUnreadableException">The topic could not be looked at or made.</exception>
    /// <exception cref="Canary.KafkaCanaryException">A record was not acknowledged, or not read, in time.</exception>
    Task<KafkaCanaryResult> RunCanaryAsync(KafkaAddress address, CancellationToken cancellationToken);
}
