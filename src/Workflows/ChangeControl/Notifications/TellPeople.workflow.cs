using Orchestrator.Workflows.ChangeControl.Inputs;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>
/// Brings one notice to its routes, also where whoever began it has ended: nobody's change waits for a channel that is slow. Where all
/// channels of a route failed, the other routes are told so.
/// </summary>
[Workflow(Type)]
public sealed class TellPeopleWorkflow
{
    /// <summary>The workflow type.</summary>
    public const string Type = "TellPeople";

    /// <summary>The type of the notice that another one reached nobody on a route.</summary>
    public const string Failed = "notify.failed";

    private readonly ReadInput<NotificationEvent> _read;

    /// <summary>Reads the notice.</summary>
    /// <param name="input">A <see cref="NotificationEvent"/>.</param>
    [WorkflowInit]
    public TellPeopleWorkflow(IRawValue? input = null) => _read = InputReader.Own<NotificationEvent>(input);

    /// <summary>Tells it.</summary>
    /// <param name="input">A <see cref="NotificationEvent"/>.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">The input is not one.</exception>
    [WorkflowRun]
    public async Task<NotifyResult> RunAsync(IRawValue? input = null)
    {
        NotificationEvent notice = _read.Require();
        NotifyResult result = await NotifyAsync(new(notice));
        NotificationDelivery[] failed = [.. result.Deliveries.Where(delivery => delivery.Channel is null)];
        if (failed.Length > 0 && notice.Type != Failed)
        {
            await NotifyAsync(new(FailureOf(notice, failed), [.. failed.Select(delivery => delivery.Route)]));
        }

        return result;
    }

    private static NotificationEvent FailureOf(NotificationEvent notice, NotificationDelivery[] failed) =>
        new(
            Failed,
            NotificationSeverity.Page,
            $"{notice.DedupeKey}/failed",
            $"Nobody was told on {string.Join(", ", failed.Select(delivery => delivery.Route))}: {notice.Title}",
            $"{string.Join(' ', failed.SelectMany(delivery => delivery.Failures))} The notice was: {notice.Sentence}")
        {
            Team = notice.Team, Target = notice.Target, ChangeId = notice.ChangeId, Link = notice.Link,
        };

    private static Task<NotifyResult> NotifyAsync(NotifyInput input) => Workflow.ExecuteActivityAsync(
        (INotificationActivities a) => a.NotifyAsync(input), ActivityCalls.Notice.For(input.Notice.Type));
}
