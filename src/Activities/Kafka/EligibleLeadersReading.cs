namespace Orchestrator.Activities.Kafka;

/// <summary>A partition that has fewer in-sync replicas than it should, and who else may lead it.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its number.</param>
/// <param name="Leader">Its leader's node id; null where it has none.</param>
/// <param name="Eligible">
/// Replicas that are out of sync and still have every record that was acknowledged: one of them may lead without a loss.
/// </param>
/// <param name="LastKnown">Where nobody is in sync or eligible: the last replica that led.</param>
/// <param name="Offline">Replicas on brokers or disks that are away.</param>
public sealed record EligibleLeadersReading(
    string Topic, int Partition, int? Leader, IReadOnlyList<int> Eligible, IReadOnlyList<int> LastKnown, IReadOnlyList<int> Offline);
