using Temporalio.Api.Common.V1;
using Temporalio.Converters;
using Priority = Temporalio.Common.Priority;
using RetryPolicy = Temporalio.Common.RetryPolicy;

namespace Temporalio.Workflows;

/// <summary>What a run knows of itself from its start event. Nothing here changes during the run.</summary>
/// <param name="Attempt">The attempt under the workflow's retry policy, from 1.</param>
/// <param name="ContinuedRunId">The run that this one continues; null for the first.</param>
/// <param name="CronSchedule">The cron expression of the workflow; null without.</param>
/// <param name="ExecutionTimeout">The longest time over all runs; null if unlimited.</param>
/// <param name="FirstExecutionRunId">The first run of the chain, which may be this one.</param>
/// <param name="Headers">Headers that the starter sent.</param>
/// <param name="LastFailure">The failure of the previous run of the chain; null without.</param>
/// <param name="LastResult">The result of the previous run under a cron schedule; null without.</param>
/// <param name="Namespace">The namespace of the run.</param>
/// <param name="Parent">The parent; null for a workflow without.</param>
/// <param name="Priority">The order in task queues.</param>
/// <param name="RetryPolicy">How the server retries the workflow; null for not at all.</param>
/// <param name="Root">The topmost ancestor; null for a workflow without a parent.</param>
/// <param name="RunId">The id of this run.</param>
/// <param name="RunTimeout">The longest time of this run; null if unlimited.</param>
/// <param name="StartTime">When the first workflow task of this run started, in UTC.</param>
/// <param name="TaskQueue">The task queue of the workflow.</param>
/// <param name="TaskTimeout">The longest time of one workflow task.</param>
/// <param name="WorkflowId">The workflow's id.</param>
/// <param name="WorkflowStartTime">When the run was started, in UTC.</param>
/// <param name="WorkflowType">The workflow's type.</param>
public record WorkflowInfo(
    int Attempt,
    string? ContinuedRunId,
    string? CronSchedule,
    TimeSpan? ExecutionTimeout,
    string FirstExecutionRunId,
    IReadOnlyDictionary<string, Payload>? Headers,
    Exception? LastFailure,
    IReadOnlyCollection<IRawValue>? LastResult,
    string Namespace,
    WorkflowInfo.ParentInfo? Parent,
    Priority Priority,
    RetryPolicy? RetryPolicy,
    WorkflowInfo.RootInfo? Root,
    string RunId,
    TimeSpan? RunTimeout,
    DateTime StartTime,
    string TaskQueue,
    TimeSpan TaskTimeout,
    string WorkflowId,
    DateTime WorkflowStartTime,
    string WorkflowType)
{
    /// <summary>What log lines of the run carry in their scope.</summary>
    internal IReadOnlyDictionary<string, object> LoggerScope => new Dictionary<string, object>
    {
        ["Attempt"] = Attempt,
        ["Namespace"] = Namespace,
        ["RunId"] = RunId,
        ["TaskQueue"] = TaskQueue,
        ["WorkflowId"] = WorkflowId,
        ["WorkflowType"] = WorkflowType,
    };

    /// <summary>The parent of a child workflow.</summary>
    /// <param name="Namespace">The parent's namespace.</param>
    /// <param name="RunId">The parent's run.</param>
    /// <param name="WorkflowId">The parent's workflow id.</param>
    public record ParentInfo(string Namespace, string RunId, string WorkflowId);

    /// <summary>The topmost ancestor of a workflow.</summary>
    /// <param name="RunId">The ancestor's run.</param>
    /// <param name="WorkflowId">The ancestor's workflow id.</param>
    public record RootInfo(string RunId, string WorkflowId);
}
