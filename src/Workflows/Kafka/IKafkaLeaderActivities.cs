using Temporalio.Activities;

namespace Orchestrator.Workflows.Kafka;

/// <summary>Gives partitions back to the leaders that they should have.</summary>
public interface IKafkaLeaderActivities
{
    /// <summary>Makes the preferred replica of every partition its leader, where it is in sync and not the leader yet.</summary>
    [Activity("ElectPreferredLeaders")]
    Task<ElectPreferredLeadersResult> ElectAsync(ElectPreferredLeadersInput input);
}
