using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Watches the operator roll a resource's pods.</summary>
public interface IRollActivities
{
    /// <summary>
    /// Reads the resource and the Kafka cluster every <see cref="RollLimits.PollEvery"/>, heartbeats what it sees, and returns when one
    /// more pod is through, or when it does not continue by itself. After an interruption it continues from its last heartbeat; so
    /// nothing is seen twice.
    /// </summary>
    [Activity(RollNames.WatchRollActivity)]
    [Reads]
    Task<RollReport> WatchRollAsync(WatchRollInput input);
}
