using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Converters;

namespace Temporalio.Workflows;

/// <summary>
/// What <see cref="Workflow"/> delegates to: the run that the calling code belongs to. It is the scheduler of the run's tasks, so the
/// current scheduler names the current run and no ambient state has to flow.
/// </summary>
internal abstract class WorkflowContext : TaskScheduler
{
    // Conditions and callbacks of cancellation are workflow code too, and run outside of any task.
    [ThreadStatic]
    private static WorkflowContext? _callback;

    /// <summary>The run of the calling code.</summary>
    /// <exception cref="InvalidOperationException">The calling code is in no workflow.</exception>
    public static new WorkflowContext Current =>
        CurrentOrNull ?? throw new InvalidOperationException("Not in a workflow: this can only be used by workflow code.");

    /// <summary>The run of the calling code; null if it is in no workflow.</summary>
    public static WorkflowContext? CurrentOrNull => TaskScheduler.Current as WorkflowContext ?? _callback;

    public abstract bool AllHandlersFinished { get; }

    public abstract CancellationToken CancellationToken { get; }

    public abstract bool ContinueAsNewSuggested { get; }

    public abstract WorkerDeploymentVersion? CurrentDeploymentVersion { get; }

    public abstract string CurrentDetails { get; set; }

    public abstract int CurrentHistoryLength { get; }

    public abstract int CurrentHistorySize { get; }

    public abstract WorkflowUpdateInfo? CurrentUpdateInfo { get; }

    public abstract WorkflowQueryDefinition? DynamicQuery { get; set; }

    public abstract WorkflowSignalDefinition? DynamicSignal { get; set; }

    public abstract WorkflowUpdateDefinition? DynamicUpdate { get; set; }

    public abstract WorkflowInfo Info { get; }

    public abstract object Instance { get; }

    public abstract bool IsReplaying { get; }

    public abstract bool IsReplayingHistoryEvents { get; }

    public abstract ILogger Logger { get; }

    public abstract IReadOnlyDictionary<string, IRawValue> Memo { get; }

    public abstract MetricMeter MetricMeter { get; }

    public abstract IPayloadConverter PayloadConverter { get; }

    public abstract IDictionary<string, WorkflowQueryDefinition> Queries { get; }

    public abstract DeterministicRandom Random { get; }

    public abstract IDictionary<string, WorkflowSignalDefinition> Signals { get; }

    public abstract IReadOnlyCollection<SuggestContinueAsNewReason> SuggestedContinueAsNewReasons { get; }

    public abstract bool TargetWorkerDeploymentVersionChanged { get; }

    public abstract bool TracingEventsEnabled { get; set; }

    public abstract SearchAttributeCollection TypedSearchAttributes { get; }

    public abstract IDictionary<string, WorkflowUpdateDefinition> Updates { get; }

    public abstract DateTime UtcNow { get; }

    public abstract ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options);

    public abstract Task DelayAsync(DelayOptions options);

    public abstract Task<TResult> ExecuteActivityAsync<TResult>(string activity, IReadOnlyCollection<object?> args, ActivityOptions options);

    public abstract ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId);

    public abstract bool Patch(string patchId, bool deprecated);

    public abstract Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options);

    public abstract void UpsertMemo(IReadOnlyCollection<MemoUpdate> updates);

    public abstract void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> updates);

    public abstract Task<bool> WaitConditionAsync(WaitConditionOptions options);

    /// <summary>Calls code of the workflow that is no task.</summary>
    protected T Callback<T>(Func<T> callback)
    {
        WorkflowContext? previous = _callback;
        _callback = this;
        try
        {
            return callback();
        }
        finally
        {
            _callback = previous;
        }
    }
}
