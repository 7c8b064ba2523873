using Orchestrator.Workflows.KafkaRoll;
using Temporalio.Activities;

namespace Orchestrator.Activities.KafkaRoll;

/// <summary>Watches the operator roll a resource's pods.</summary>
internal sealed class RollActivities(RollWatcher watcher) : IRollActivities
{
    /// <inheritdoc/>
    [Activity("WatchRoll")]
    public Task<RollReport> WatchRollAsync(WatchRollInput input) => Failures.TranslateAsync(
        () => watcher.WatchAsync(input, input.Progress, _ => { }, ActivityCall.Token));
}
