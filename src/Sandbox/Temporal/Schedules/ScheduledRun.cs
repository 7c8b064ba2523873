using System.Globalization;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Visibility;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Workflow.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>What a run of a schedule begins with.</summary>
internal static class ScheduledRun
{
    /// <summary>The run of one action: its id ends with the nominal time, and it carries what the run before left.</summary>
    public static RunSpec Of(ScheduleRuns schedule, BufferedAction action, Payloads? lastResult, Failure? lastFailure)
    {
        NewWorkflowExecutionInfo wanted = schedule.Schedule.Action.StartWorkflow;
        string nominal = action.Nominal.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        SearchAttributes attributes = wanted.SearchAttributes?.Clone() ?? new SearchAttributes();
        attributes.IndexedFields["TemporalScheduledById"] = SearchAttributePayload.Keyword(schedule.Id);
        attributes.IndexedFields["TemporalScheduledStartTime"] = SearchAttributePayload.Instant(action.Nominal);
        return new RunSpec
        {
            WorkflowId = $"{wanted.WorkflowId}-{nominal}",
            Type = wanted.WorkflowType.Name,
            TaskQueue = wanted.TaskQueue.Name,
            Input = wanted.Input,
            ExecutionTimeout = wanted.WorkflowExecutionTimeout?.ToTimeSpan() ?? TimeSpan.Zero,
            RunTimeout = wanted.WorkflowRunTimeout?.ToTimeSpan() ?? TimeSpan.Zero,
            TaskTimeout = wanted.WorkflowTaskTimeout?.ToTimeSpan() is { } limit && limit > TimeSpan.Zero ? limit : TimeSpan.FromSeconds(10),
            Identity = "schedule",
            RetryPolicy = wanted.RetryPolicy is null ? null : RetrySchedule.Filled(wanted.RetryPolicy),
            Memo = wanted.Memo,
            SearchAttributes = attributes,
            Header = wanted.Header,
            UserMetadata = wanted.UserMetadata,
            Priority = wanted.Priority,
            LastResult = lastResult,
            LastFailure = lastFailure,
        };
    }
}
