using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Converters;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <content>What workflow code calls.</content>
internal sealed partial class WorkflowInstance
{
    private readonly HashSet<string> _notifiedPatches = [];
    private readonly Dictionary<string, bool> _patches = [];

    public override ContinueAsNewException CreateContinueAsNewException(
        string workflow, IReadOnlyCollection<object?> args, ContinueAsNewOptions? options) => new(workflow, args, options);

    public override Task DelayAsync(DelayOptions options) => _timers.DelayAsync(options);

    public override Task<TResult> ExecuteActivityAsync<TResult>(
        string activity, IReadOnlyCollection<object?> args, ActivityOptions options) =>
        _activities.ExecuteAsync<TResult>(activity, args, options);

    public override ExternalWorkflowHandle<TWorkflow> GetExternalWorkflowHandle<TWorkflow>(string id, string? runId) =>
        new RunExternalHandle<TWorkflow>(_externals, id, runId);

    public override Task<ChildWorkflowHandle<TWorkflow, TResult>> StartChildWorkflowAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options) =>
        _children.StartAsync<TWorkflow, TResult>(workflow, args, options);

    /// <summary>Signals a child.</summary>
    internal Task SignalChildAsync(string id, string signal, IReadOnlyCollection<object?> args, CancellationToken? cancellationToken) =>
        _externals.SignalChildAsync(id, signal, args, cancellationToken);

    public override bool Patch(string patchId, bool deprecated)
    {
        if (_patches.TryGetValue(patchId, out bool isPatched))
        {
            return isPatched;
        }

        isPatched = !IsReplaying || _notifiedPatches.Contains(patchId);
        _patches[patchId] = isPatched;
        if (isPatched)
        {
            AddCommand(new SetPatchMarkerCommand(patchId, deprecated));
        }

        return isPatched;
    }

    public override void UpsertMemo(IReadOnlyCollection<MemoUpdate> updates)
    {
        RequireUpdates(updates.Count, nameof(updates));
        Api.Common.V1.Memo memo = new();
        foreach (MemoUpdate update in updates)
        {
            Payload payload = _converter.PayloadConverter.ToPayload(update.UntypedValue);
            if (!memo.Fields.TryAdd(update.UntypedKey, payload))
            {
                throw new ArgumentException($"Memo key {update.UntypedKey} is updated twice in one call.", nameof(updates));
            }
        }

        foreach (MemoUpdate update in updates)
        {
            if (update.HasValue)
            {
                _memo.Value[update.UntypedKey] = new RawValue(memo.Fields[update.UntypedKey]);
            }
            else
            {
                _memo.Value.Remove(update.UntypedKey);
            }
        }

        AddCommand(new ModifyPropertiesCommand(new()
        {
            CommandType = CommandType.ModifyWorkflowProperties,
            ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = memo },
        }));
    }

    public override void UpsertTypedSearchAttributes(IReadOnlyCollection<SearchAttributeUpdate> updates)
    {
        RequireUpdates(updates.Count, nameof(updates));
        TypedSearchAttributes.Apply(updates);
        SearchAttributes attributes = new();
        foreach (SearchAttributeUpdate update in updates)
        {
            attributes.IndexedFields[update.UntypedKey.Name] =
                SearchAttributePayload.Write(update.UntypedKey, update.HasValue ? update.UntypedValue : null);
        }

        AddCommand(new UpsertSearchAttributesCommand(new()
        {
            CommandType = CommandType.UpsertWorkflowSearchAttributes,
            UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = attributes },
        }));
    }

    public override Task<bool> WaitConditionAsync(WaitConditionOptions options)
    {
        LinkedListNode<WorkflowCondition> condition = AddCondition(options.ConditionCheck!);
        WaitTrace? trace = BeginWait();
        return RunAsync(() => WaitConditionAsync(condition, options, trace));
    }

    private async Task<bool> WaitConditionAsync(LinkedListNode<WorkflowCondition> condition, WaitConditionOptions options, WaitTrace? trace)
    {
        TaskCompletionSource source = condition.Value.Source;
        CancellationToken token = options.CancellationToken ?? CancellationToken;
        try
        {
            using CancellationTokenRegistration registration = token.Register(() => source.TrySetCanceled(token));
            if (options.Timeout is not { } timeout)
            {
                await source.Task;
                return true;
            }

            using CancellationTokenSource timer = new();
            Task timedOut = DelayAsync(new(timeout, options.TimeoutSummary, timer.Token));
            if (await Task.WhenAny(source.Task, timedOut) != source.Task)
            {
                return false;
            }

            try
            {
                await source.Task;
                return true;
            }
            finally
            {
                CancelHere(timer);
            }
        }
        finally
        {
            trace?.End();
            _conditions.Remove(condition);
        }
    }

    // Cancelling asynchronously would leave the workflow's thread.
    private static void CancelHere(CancellationTokenSource source) => source.Cancel();

    private static void RequireUpdates(int count, string parameter)
    {
        if (count == 0)
        {
            throw new ArgumentException("At least one update is required.", parameter);
        }
    }
}
