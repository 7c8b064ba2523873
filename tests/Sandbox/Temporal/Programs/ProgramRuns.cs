using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using WorkflowExecution = Temporalio.Api.Common.V1.WorkflowExecution;

namespace Orchestrator.Sandbox.Tests.Temporal.Programs;

/// <summary>The runs of a program, as its server tells of them.</summary>
internal sealed class ProgramRuns(ITemporalClient client)
{
    /// <summary>What of a program still moves by itself; null where all waits for a move.</summary>
    /// <param name="workflows">Ids of those that the test knows of; their children are looked for.</param>
    public async Task<string?> WhatMovesAsync(IEnumerable<string> workflows)
    {
        Queue<string> left = new(workflows);
        HashSet<string> seen = [.. left];
        while (left.TryDequeue(out string? workflowId))
        {
            if (await DescribeAsync(workflowId) is not { } described)
            {
                continue;
            }

            if (await WhatMovesAsync(described) is { } moving)
            {
                return $"{workflowId}: {moving}";
            }

            foreach (string child in (await HistoryAsync(workflowId, described.WorkflowExecutionInfo.Execution.RunId)).Events
                .Select(made => made.StartChildWorkflowExecutionInitiatedEventAttributes?.WorkflowId).OfType<string>().Where(seen.Add))
            {
                left.Enqueue(child);
            }
        }

        return null;
    }

    /// <summary>All runs that began with these, their successors and their children.</summary>
    public async Task<IReadOnlyList<(string WorkflowId, string RunId, History History)>> AllAsync(
        IEnumerable<(string WorkflowId, string RunId)> begun)
    {
        List<(string, string, History)> all = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        Queue<(string WorkflowId, string RunId)> left = new(begun);
        while (left.TryDequeue(out (string WorkflowId, string RunId) run))
        {
            if (!seen.Add(run.RunId))
            {
                continue;
            }

            History history = await HistoryAsync(run.WorkflowId, run.RunId);
            all.Add((run.WorkflowId, run.RunId, history));
            HistoryEvent last = history.Events[^1];
            string next = last.WorkflowExecutionContinuedAsNewEventAttributes?.NewExecutionRunId
                ?? last.WorkflowExecutionFailedEventAttributes?.NewExecutionRunId
                ?? last.WorkflowExecutionCompletedEventAttributes?.NewExecutionRunId
                ?? last.WorkflowExecutionTimedOutEventAttributes?.NewExecutionRunId ?? "";
            if (next.Length > 0)
            {
                left.Enqueue((run.WorkflowId, next));
            }

            foreach (WorkflowExecution child in history.Events
                .Select(made => made.ChildWorkflowExecutionStartedEventAttributes?.WorkflowExecution).OfType<WorkflowExecution>())
            {
                left.Enqueue((child.WorkflowId, child.RunId));
            }
        }

        return all;
    }

    /// <summary>The whole history of a run.</summary>
    public async Task<History> HistoryAsync(string workflowId, string runId)
    {
        History history = new();
        Google.Protobuf.ByteString token = Google.Protobuf.ByteString.Empty;
        do
        {
            GetWorkflowExecutionHistoryResponse page = await client.WorkflowService.GetWorkflowExecutionHistoryAsync(new()
            {
                Namespace = client.Options.Namespace, Execution = new() { WorkflowId = workflowId, RunId = runId }, NextPageToken = token,
            });
            history.Events.AddRange(page.History.Events);
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);
        return history;
    }

    private async Task<string?> WhatMovesAsync(DescribeWorkflowExecutionResponse described)
    {
        WorkflowExecution run = described.WorkflowExecutionInfo.Execution;
        bool isOpen = described.WorkflowExecutionInfo.Status == WorkflowExecutionStatus.Running;
        History history = await HistoryAsync(run.WorkflowId, run.RunId);
        if (!isOpen)
        {
            return await ChildrenOfClosedAsync(history);
        }

        // A timer that fired between the two readings has brought a task that the first does not show.
        if (history.Events.Count != described.WorkflowExecutionInfo.HistoryLength)
        {
            return $"{history.Events.Count} events instead of {described.WorkflowExecutionInfo.HistoryLength}";
        }

        if (described.PendingWorkflowTask is not null || !history.Events.Any(made => made.WorkflowTaskScheduledEventAttributes is not null))
        {
            return $"a workflow task after {string.Join(", ", history.Events.TakeLast(12).Select(made => made.EventType))}: "
                + history.Events.LastOrDefault(made => made.WorkflowTaskFailedEventAttributes is not null);
        }

        PendingActivityInfo? moving = described.PendingActivities.FirstOrDefault(activity => activity.ActivityType.Name == "Quick"
            || (activity.State == PendingActivityState.Scheduled && !IsUnserved(history, activity.ActivityId)));
        if (moving is not null)
        {
            return $"activity {moving.ActivityId}";
        }

        foreach (PendingChildExecutionInfo child in described.PendingChildren)
        {
            DescribeWorkflowExecutionResponse? its = await DescribeAsync(child.WorkflowId);
            if (child.RunId.Length == 0 || its is null || its.WorkflowExecutionInfo.Status != WorkflowExecutionStatus.Running)
            {
                return $"child {child.WorkflowId}";
            }
        }

        int asked = history.Events.Count(made => made.EventType is EventType.SignalExternalWorkflowExecutionInitiated
            or EventType.RequestCancelExternalWorkflowExecutionInitiated);
        int answered = history.Events.Count(made => made.EventType is EventType.SignalExternalWorkflowExecutionFailed
            or EventType.ExternalWorkflowExecutionSignaled or EventType.RequestCancelExternalWorkflowExecutionFailed
            or EventType.ExternalWorkflowExecutionCancelRequested);
        return asked > answered ? "a message to another workflow" : ShortTimer(history);
    }

    // What the end of a parent does to its children.
    private async Task<string?> ChildrenOfClosedAsync(History history)
    {
        foreach (HistoryEvent made in history.Events.Where(made => made.StartChildWorkflowExecutionInitiatedEventAttributes is not null))
        {
            StartChildWorkflowExecutionInitiatedEventAttributes child = made.StartChildWorkflowExecutionInitiatedEventAttributes;
            bool isOver = history.Events.Any(later => (later.ChildWorkflowExecutionCompletedEventAttributes?.InitiatedEventId
                ?? later.ChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId
                ?? later.ChildWorkflowExecutionCanceledEventAttributes?.InitiatedEventId
                ?? later.ChildWorkflowExecutionTerminatedEventAttributes?.InitiatedEventId
                ?? later.StartChildWorkflowExecutionFailedEventAttributes?.InitiatedEventId) == made.EventId);
            string? begun = history.Events.Select(later => later.ChildWorkflowExecutionStartedEventAttributes)
                .FirstOrDefault(later => later?.InitiatedEventId == made.EventId)?.WorkflowExecution.RunId;
            if (isOver || begun is null || await DescribeAsync(child.WorkflowId) is not { } its
                || its.WorkflowExecutionInfo.Status != WorkflowExecutionStatus.Running || its.WorkflowExecutionInfo.FirstRunId != begun)
            {
                continue;
            }

            if (child.ParentClosePolicy == ParentClosePolicy.Terminate
                || (child.ParentClosePolicy == ParentClosePolicy.RequestCancel && its.WorkflowExtendedInfo is { CancelRequested: false }))
            {
                return $"child {child.WorkflowId} of a closed parent";
            }
        }

        return null;
    }

    private static string? ShortTimer(History history)
    {
        HashSet<long> over = [.. history.Events.Select(made => made.TimerFiredEventAttributes?.StartedEventId
            ?? made.TimerCanceledEventAttributes?.StartedEventId ?? 0)];
        return history.Events.Any(made => made.TimerStartedEventAttributes is { } timer && !over.Contains(made.EventId)
            && timer.StartToFireTimeout.ToTimeSpan() < TimeSpan.FromMinutes(1)) ? "a timer" : null;
    }

    private static bool IsUnserved(History history, string activityId) => history.Events.Any(made =>
        made.ActivityTaskScheduledEventAttributes is { } scheduled && scheduled.ActivityId == activityId
        && scheduled.TaskQueue.Name.EndsWith("-unserved", StringComparison.Ordinal));

    private async Task<DescribeWorkflowExecutionResponse?> DescribeAsync(string workflowId)
    {
        try
        {
            return await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = client.Options.Namespace, Execution = new() { WorkflowId = workflowId } });
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            return null;
        }
    }
}
