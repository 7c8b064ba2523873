using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Runs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Orchestrator.Sandbox.Temporal.Visibility;

/// <summary>A run as describe and list show it.</summary>
internal static class RunDescription
{
    // How the server says that a run has no limit of its own.
    private static readonly Timestamp Never = Timestamp.FromDateTimeOffset(DateTimeOffset.MinValue);

    /// <summary>All of it.</summary>
    public static DescribeWorkflowExecutionResponse Of(WorkflowRun run)
    {
        DescribeWorkflowExecutionResponse response = new()
        {
            WorkflowExecutionInfo = InfoOf(run),
            ExecutionConfig = new WorkflowExecutionConfig
            {
                TaskQueue = run.QueueMessage(),
                WorkflowRunTimeout = Duration.FromTimeSpan(run.Spec.RunTimeout),
                DefaultWorkflowTaskTimeout = Duration.FromTimeSpan(run.Spec.TaskTimeout),
                UserMetadata = run.Spec.UserMetadata,
            },
            WorkflowExtendedInfo = new WorkflowExecutionExtendedInfo
            {
                CancelRequested = run.IsCancelRequested,
                OriginalStartTime = Timestamp.FromDateTimeOffset(run.StartTime),
                ExecutionExpirationTime = run.Expiration is { } end ? Timestamp.FromDateTimeOffset(end) : null,
            },
        };
        // A child has none where nobody said so; a client's start has zeros.
        response.ExecutionConfig.WorkflowExecutionTimeout = run.Spec is { Parent: not null, ExecutionTimeout.Ticks: 0 }
            ? null : Duration.FromTimeSpan(run.Spec.ExecutionTimeout);
        response.WorkflowExtendedInfo.RunExpirationTime = run.RunExpiration is { } limit ? Timestamp.FromDateTimeOffset(limit) : Never;
        string requestId = run.Spec.Parent is { } parent ? $"{parent.Run.RunId}:{parent.InitiatedId}:0" : run.Spec.RequestId;
        if (requestId.Length > 0)
        {
            response.WorkflowExtendedInfo.RequestIdInfos[requestId] = new() { EventType = EventType.WorkflowExecutionStarted, EventId = 1 };
        }

        response.WorkflowExecutionInfo.AutoResetPoints = run.ResetPoints.All ?? new();
        response.WorkflowExecutionInfo.MostRecentWorkerVersionStamp = run.LastStamp;
        response.WorkflowExecutionInfo.FirstRunId = run.FirstRunId;
        response.PendingActivities.AddRange(run.Activities.Open.Select(Of));
        response.PendingChildren.AddRange(run.Children.Open.Select(child => new PendingChildExecutionInfo
        {
            WorkflowId = child.Attributes.WorkflowId,
            RunId = child.FirstRunId ?? "",
            WorkflowTypeName = child.Attributes.WorkflowType.Name,
            InitiatedId = child.Initiated.EventId,
            ParentClosePolicy = child.Attributes.ParentClosePolicy,
        }));
        if (run.Tasks.Current is { } task)
        {
            response.PendingWorkflowTask = new PendingWorkflowTaskInfo
            {
                State = task.IsStarted ? PendingWorkflowTaskState.Started : PendingWorkflowTaskState.Scheduled,
                ScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledAt),
                OriginalScheduledTime = Timestamp.FromDateTimeOffset(task.ScheduledAt),
                StartedTime = task.IsStarted ? Timestamp.FromDateTimeOffset(task.StartedAt) : null,
                Attempt = task.Attempt,
            };
        }

        return response;
    }

    /// <summary>What a list shows.</summary>
    public static WorkflowExecutionInfo InfoOf(WorkflowRun run)
    {
        WorkflowExecutionInfo info = new()
        {
            Execution = run.Execution,
            Type = new WorkflowType { Name = run.Spec.Type },
            StartTime = Timestamp.FromDateTimeOffset(run.StartTime),
            ExecutionTime = Timestamp.FromDateTimeOffset(run.StartTime + run.Spec.Backoff),
            Status = run.Status,
            HistoryLength = run.History.Events.Count,
            HistorySizeBytes = run.History.Size,
            StateTransitionCount = run.Transitions,
            Memo = run.Memo,
            SearchAttributes = Attributes(run),
            TaskQueue = run.TaskQueue,
            RootExecution = run.Root,
            Priority = run.Spec.Priority,
            VersioningInfo = run.Versioning.Info(),
            WorkerDeploymentName = run.Versioning.Deployment,
        };
        if (run.CloseTime is { } close)
        {
            info.CloseTime = Timestamp.FromDateTimeOffset(close);
            info.ExecutionDuration = Duration.FromTimeSpan(close - run.StartTime);
        }

        if (run.Spec.Parent is { } parent)
        {
            info.ParentNamespaceId = run.Space.Id;
            info.ParentExecution = parent.Run.Execution;
        }

        return info;
    }

    private static SearchAttributes Attributes(WorkflowRun run)
    {
        if (run.BuildIds.Count == 0)
        {
            return run.SearchAttributes;
        }

        SearchAttributes attributes = run.SearchAttributes.Clone();
        attributes.IndexedFields["BuildIds"] = SearchAttributePayload.Keywords(run.BuildIds);
        return attributes;
    }

    private static PendingActivityInfo Of(PendingActivity activity) => new()
    {
        ActivityId = activity.Attributes.ActivityId,
        ActivityType = activity.Attributes.ActivityType,
        State = activity.CancelRequestedId is not null ? PendingActivityState.CancelRequested
            : activity.IsStarted ? PendingActivityState.Started : PendingActivityState.Scheduled,
        HeartbeatDetails = activity.Heartbeat,
        LastHeartbeatTime = TimeOf(activity.LastHeartbeatAt),
        LastStartedTime = TimeOf(activity.StartedAt),
        Attempt = activity.Attempt,
        MaximumAttempts = activity.Attributes.RetryPolicy.MaximumAttempts,
        ScheduledTime = Timestamp.FromDateTimeOffset(activity.IsStarted ? activity.ScheduledAt : activity.AttemptScheduledAt),
        ExpirationTime = TimeOf(activity.Expiration),
        LastFailure = activity.LastFailure,
        LastWorkerIdentity = activity.LastWorker,
    };

    private static Timestamp? TimeOf(DateTimeOffset? at) => at is { } time ? Timestamp.FromDateTimeOffset(time) : null;
}
