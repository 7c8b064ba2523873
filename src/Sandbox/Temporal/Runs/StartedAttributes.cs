using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>The first event of a run.</summary>
internal static class StartedAttributes
{
    public static WorkflowExecutionStartedEventAttributes Of(WorkflowRun run)
    {
        RunSpec spec = run.Spec;
        WorkflowExecutionStartedEventAttributes attributes = new()
        {
            WorkflowType = new WorkflowType { Name = spec.Type },
            WorkflowId = spec.WorkflowId,
            TaskQueue = run.QueueMessage(),
            Input = spec.Input,
            WorkflowExecutionTimeout = Limit(spec.ExecutionTimeout),
            WorkflowRunTimeout = spec.Parent is not null || spec.ContinuedRunId.Length > 0
                ? Duration.FromTimeSpan(spec.RunTimeout) : Limit(spec.RunTimeout),
            WorkflowTaskTimeout = Duration.FromTimeSpan(spec.TaskTimeout),
            ContinuedExecutionRunId = spec.ContinuedRunId,
            Initiator = spec.Initiator,
            ContinuedFailure = spec.LastFailure,
            LastCompletionResult = spec.LastResult,
            OriginalExecutionRunId = run.RunId,
            FirstExecutionRunId = run.FirstRunId,
            Identity = spec.Identity,
            RetryPolicy = spec.RetryPolicy,
            Attempt = spec.Attempt,
            WorkflowExecutionExpirationTime = run.Expiration is { } end ? Timestamp.FromDateTimeOffset(end) : null,
            CronSchedule = spec.CronSchedule,
            FirstWorkflowTaskBackoff = spec.Initiator == ContinueAsNewInitiator.Workflow
                ? Limit(spec.Backoff) : Duration.FromTimeSpan(spec.Backoff),
            PrevAutoResetPoints = spec.ResetPoints,
            VersioningOverride = spec.Override,
            InheritedPinnedVersion = spec.PinnedTo?.Message,
            Memo = spec.Memo is { Fields.Count: > 0 } ? spec.Memo : null,
            SearchAttributes = spec.SearchAttributes is { IndexedFields.Count: > 0 } ? spec.SearchAttributes : null,
            Header = spec.Header,
            Priority = spec.Priority,
            EagerExecutionAccepted = spec.EagerWorker is not null && spec.Backoff == TimeSpan.Zero,
        };
        if (spec.Parent is { } parent)
        {
            attributes.ParentWorkflowNamespace = run.Space.Name;
            attributes.ParentWorkflowNamespaceId = run.Space.Id;
            attributes.ParentWorkflowExecution = parent.Run.Execution;
            attributes.ParentInitiatedEventId = parent.InitiatedId;
            attributes.RootWorkflowExecution = run.Root;
        }

        return attributes;
    }

    private static Duration? Limit(TimeSpan time) => time > TimeSpan.Zero ? Duration.FromTimeSpan(time) : null;
}
