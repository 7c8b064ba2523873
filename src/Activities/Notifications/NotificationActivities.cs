using Orchestrator.Workflows.ChangeControl.Notifications;
using Temporalio.Activities;

namespace Orchestrator.Activities.Notifications;

/// <summary>Tells people.</summary>
internal sealed class NotificationActivities(Notifier notifier) : INotificationActivities
{
    /// <inheritdoc/>
    [Activity("Notify")]
    public Task<NotifyResult> NotifyAsync(NotifyInput input) => ActivityCall.BeatingAsync(
        async () => new NotifyResult(await notifier.NotifyAsync(input.Notice, input.Without ?? [], ActivityCall.Token)));
}
