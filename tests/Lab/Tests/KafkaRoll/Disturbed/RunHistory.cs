using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>The history of a roll and of the workflows that supervise it, as the server has it now: asking it takes no worker.</summary>
internal sealed class RunHistory(ITemporalClient client, string run)
{
    private static readonly string[] Supervisions = ["supervise/controllers", "supervise/brokers"];

    /// <summary>Whether the run has ended.</summary>
    public async Task<bool> HasEndedAsync() =>
        (await EventsAsync(run))[^1].EventType is EventType.WorkflowExecutionCompleted or EventType.WorkflowExecutionFailed
            or EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionCanceled or EventType.WorkflowExecutionTimedOut;

    /// <summary>Whether it has begun to ask for votes.</summary>
    public async Task<bool> AsksForVotesAsync() =>
        (await EventsAsync(run)).Any(each => each.ChildWorkflowExecutionStartedEventAttributes?.WorkflowType.Name == "ApproveChange");

    /// <summary>
    /// The steps that are through, in order: each activity, child and timer that has ended, and each child that has begun.
    /// </summary>
    public async Task<IReadOnlyList<string>> BoundariesAsync()
    {
        List<string> boundaries = Find("", await EventsAsync(run));
        foreach (string part in Supervisions)
        {
            boundaries.AddRange(Find($"{part}: ", await EventsAsync($"{run}/{part}")));
        }

        return boundaries;
    }

    /// <summary>How often an activity was carried out, retries not counted.</summary>
    public async Task<int> CountAsync(string activity) =>
        Find("", await EventsAsync(run)).Count(boundary => boundary.EndsWith($" {activity}", StringComparison.Ordinal));

    private static List<string> Find(string prefix, IReadOnlyList<HistoryEvent> events)
    {
        List<string> found = [];
        foreach (HistoryEvent each in events)
        {
            string? name = each.EventType switch
            {
                EventType.ActivityTaskCompleted => events
                    .First(scheduled => scheduled.EventId == each.ActivityTaskCompletedEventAttributes.ScheduledEventId)
                    .ActivityTaskScheduledEventAttributes.ActivityType.Name,
                EventType.ChildWorkflowExecutionStarted => $"{each.ChildWorkflowExecutionStartedEventAttributes.WorkflowType.Name} begun",
                EventType.ChildWorkflowExecutionCompleted =>
                    $"{each.ChildWorkflowExecutionCompletedEventAttributes.WorkflowType.Name} ended",
                EventType.TimerFired => $"timer {each.TimerFiredEventAttributes.TimerId}",
                _ => null,
            };
            if (name is not null)
            {
                found.Add($"{prefix}{each.EventId} {name}");
            }
        }

        return found;
    }

    // None where there is no such workflow yet.
    private async Task<IReadOnlyList<HistoryEvent>> EventsAsync(string workflowId)
    {
        try
        {
            return [.. (await client.GetWorkflowHandle(workflowId).FetchHistoryAsync()).Events];
        }
        catch (Temporalio.Exceptions.RpcException e) when (e.Code == Temporalio.Exceptions.RpcException.StatusCode.NotFound)
        {
            return [];
        }
    }
}
