using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;
using ParentClosePolicy = Temporalio.Api.Enums.V1.ParentClosePolicy;

namespace Temporalio.Worker.Instances;

/// <summary>The children of a run.</summary>
/// <param name="instance">The run.</param>
internal sealed class ChildCalls(WorkflowInstance instance)
{
    // The server does not say which run has the id.
    private const string UnknownRunId = "<unknown>";

    private readonly Dictionary<uint, PendingChild> _pending = [];
    private uint _last;

    public Task<ChildWorkflowHandle<TWorkflow, TResult>> StartAsync<TWorkflow, TResult>(
        string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options)
    {
        CancellationToken token = options.CancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<ChildWorkflowHandle<TWorkflow, TResult>>(
                new CanceledFailureException("Child cancelled before scheduled"));
        }

        string id = options.Id ?? Workflow.NewGuid().ToString();
        DataConverter converter = instance.Setup.DataConverter.WithSerializationContext(
            new ISerializationContext.Workflow(instance.Info.Namespace, id));
        uint sequence = ++_last;
        PendingChild pending = new();
        _pending[sequence] = pending;
        instance.AddCommand(new StartChildCommand(
            sequence, options.CancellationType, CommandFor(id, workflow, args, options, converter.PayloadConverter)));

        TaskCompletionSource<ChildWorkflowHandle<TWorkflow, TResult>> started = new();
        RunChildHandle<TWorkflow, TResult> handle = new(instance, id, converter.PayloadConverter);
        _ = instance.RunAsync(() => FollowAsync(sequence, pending, token, started, handle, converter));
        return started.Task;
    }

    public void Resolve(ResolveChildStartJob job) => _pending[job.Sequence].Start.TrySetResult(job);

    public void Resolve(ResolveChildJob job) => _pending[job.Sequence].End.TrySetResult(job);

    private async Task FollowAsync<TWorkflow, TResult>(
        uint sequence,
        PendingChild pending,
        CancellationToken token,
        TaskCompletionSource<ChildWorkflowHandle<TWorkflow, TResult>> started,
        RunChildHandle<TWorkflow, TResult> handle,
        DataConverter converter)
    {
        try
        {
            using CancellationTokenRegistration registration = token.Register(() => Cancel(sequence));
            ResolveChildStartJob start = await pending.Start.Task;
            if (ExceptionOf(start, converter) is { } exception)
            {
                started.SetException(exception);
                return;
            }

            handle.Start(start.RunId!);
            started.SetResult(handle);
            ResolveChildJob end = await pending.End.Task;
            if (end.Failure is { } failure)
            {
                handle.Fail(converter.FailureConverter.ToException(failure, converter.PayloadConverter));
            }
            else
            {
                handle.Complete(end.Result);
            }
        }
        finally
        {
            _pending.Remove(sequence);
        }
    }

    private static Exception? ExceptionOf(ResolveChildStartJob start, DataConverter converter) => start switch
    {
        { Failure: { } failure } => converter.FailureConverter.ToException(failure, converter.PayloadConverter),
        { Refusal: { Cause: StartChildWorkflowExecutionFailedCause.WorkflowAlreadyExists } refusal } =>
            new WorkflowAlreadyStartedException("Child workflow already started", refusal.WorkflowId, refusal.WorkflowType, UnknownRunId),
        { Refusal: { } refusal } => new InvalidOperationException(
            $"The server did not start child {refusal.WorkflowType} with the id {refusal.WorkflowId}: {refusal.Cause}."),
        _ => null,
    };

    private void Cancel(uint sequence)
    {
        if (_pending.ContainsKey(sequence))
        {
            instance.AddCommand(new CancelChildCommand(sequence));
        }
    }

    private Command CommandFor(
        string id, string workflow, IReadOnlyCollection<object?> args, ChildWorkflowOptions options, IPayloadConverter converter)
    {
        string taskQueue = options.TaskQueue ?? instance.Info.TaskQueue;
        StartChildWorkflowExecutionCommandAttributes child = new()
        {
            WorkflowId = id,
            WorkflowType = new() { Name = workflow },
            TaskQueue = new() { Name = taskQueue },
            Input = new() { Payloads_ = { converter.ToPayloads(args) } },
            Header = instance.TraceCall($"StartChildWorkflow:{workflow}"),
            WorkflowExecutionTimeout = WorkflowInstance.ToDuration(options.ExecutionTimeout),
            WorkflowRunTimeout = WorkflowInstance.ToDuration(options.RunTimeout),
            WorkflowTaskTimeout = WorkflowInstance.ToDuration(options.TaskTimeout),
            ParentClosePolicy = (ParentClosePolicy)(int)options.ParentClosePolicy,
            WorkflowIdReusePolicy = options.IdReusePolicy,
            RetryPolicy = options.RetryPolicy?.ToProto(),
            CronSchedule = options.CronSchedule ?? string.Empty,
            Memo = options.Memo is null ? null : WorkflowInstance.ToMemo(options.Memo, converter),
            SearchAttributes = options.TypedSearchAttributes?.ToProto(),
            Priority = options.Priority?.ToProto(),
        };
#pragma warning disable CS0612 // The server still reads it for workers versioned by build id.
        child.InheritBuildId = instance.InheritsBuildId(options.VersioningIntent, taskQueue);
#pragma warning restore CS0612
        return new()
        {
            CommandType = CommandType.StartChildWorkflowExecution,
            StartChildWorkflowExecutionCommandAttributes = child,
            UserMetadata = UserMetadata.Of(options.StaticSummary, options.StaticDetails, converter),
        };
    }

    private sealed class PendingChild
    {
        public TaskCompletionSource<ResolveChildStartJob> Start { get; } = new();

        public TaskCompletionSource<ResolveChildJob> End { get; } = new();
    }
}
