using Orchestrator.Workflows.Kafka.Rolls;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kafka.Rolls;

/// <summary>Watches the operator roll a resource's pods.</summary>
internal sealed class RollActivities(RollWatcher watcher) : IRollActivities
{
    /// <inheritdoc/>
    [Activity("WatchRoll")]
    public Task<RollReport> WatchRollAsync(WatchRollInput input) => Failures.TranslateAsync(async () =>
    {
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        RollProgress progress = await ActivityCall.LastHeartbeatAsync(input.Progress);
        return await watcher.WatchAsync(
            input,
            progress,
            seen => context.Heartbeat(seen),
            () => context.CancelReason == ActivityCancelReason.CancelRequested,
            context.CancellationToken);
    });
}
