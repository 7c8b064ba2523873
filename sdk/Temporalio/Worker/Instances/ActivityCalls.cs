using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Activations;
using Temporalio.Workflows;

namespace Temporalio.Worker.Instances;

/// <summary>The activities of a run.</summary>
/// <param name="instance">The run.</param>
internal sealed class ActivityCalls(WorkflowInstance instance)
{
    private readonly Dictionary<uint, TaskCompletionSource<ResolveActivityJob>> _pending = [];
    private uint _last;

    /// <exception cref="ArgumentException">Neither timeout is set.</exception>
    public Task<TResult> ExecuteAsync<TResult>(string activity, IReadOnlyCollection<object?> args, ActivityOptions options)
    {
        if (options.StartToCloseTimeout is null && options.ScheduleToCloseTimeout is null)
        {
            throw new ArgumentException(
                $"Activity {activity} needs {nameof(options.StartToCloseTimeout)} or {nameof(options.ScheduleToCloseTimeout)}.", nameof(options));
        }

        CancellationToken token = options.CancellationToken ?? instance.CancellationToken;
        if (token.IsCancellationRequested)
        {
            return Task.FromException<TResult>(new CanceledFailureException("Activity cancelled before scheduled"));
        }

        DataConverter converter = instance.Setup.DataConverter.WithSerializationContext(new ISerializationContext.Activity(
            instance.Info.Namespace,
            ActivityId: null,
            instance.Info.WorkflowId,
            instance.Info.WorkflowType,
            activity,
            options.TaskQueue ?? instance.Info.TaskQueue,
            IsLocal: false));
        uint sequence = ++_last;
        TaskCompletionSource<ResolveActivityJob> source = new();
        instance.AddCommand(new ScheduleActivityCommand(
            sequence, options.CancellationType, CommandFor(sequence, activity, args, options, converter.PayloadConverter)));
        _pending[sequence] = source;
        WaitTrace? trace = instance.BeginWait();
        return instance.RunAsync(() => WaitAsync<TResult>(sequence, source, token, converter, trace));
    }

    public void Resolve(ResolveActivityJob job) => _pending[job.Sequence].TrySetResult(job);

    private async Task<TResult> WaitAsync<TResult>(
        uint sequence,
        TaskCompletionSource<ResolveActivityJob> source,
        CancellationToken token,
        DataConverter converter,
        WaitTrace? trace)
    {
        ResolveActivityJob job;
        using (token.Register(() => Cancel(sequence)))
        {
            job = await source.Task;
        }

        trace?.End();
        _pending.Remove(sequence);
        if (job.Failure is { } failure)
        {
            throw converter.FailureConverter.ToException(failure, converter.PayloadConverter);
        }

        return job.Result is null || typeof(TResult) == typeof(ValueTuple)
            ? default!
            : converter.PayloadConverter.ToValue<TResult>(job.Result);
    }

    private void Cancel(uint sequence)
    {
        if (_pending.ContainsKey(sequence))
        {
            instance.AddCommand(new CancelActivityCommand(sequence));
        }
    }

    private Command CommandFor(
        uint sequence, string activity, IReadOnlyCollection<object?> args, ActivityOptions options, IPayloadConverter converter)
    {
        string taskQueue = options.TaskQueue ?? instance.Info.TaskQueue;
        ScheduleActivityTaskCommandAttributes call = new()
        {
            ActivityId = options.ActivityId ?? sequence.ToString(),
            ActivityType = new() { Name = activity },
            TaskQueue = new() { Name = taskQueue },
            Input = new() { Payloads_ = { converter.ToPayloads(args) } },
            Header = instance.TraceCall($"StartActivity:{activity}"),
            ScheduleToCloseTimeout = WorkflowInstance.ToDuration(options.ScheduleToCloseTimeout),
            ScheduleToStartTimeout = WorkflowInstance.ToDuration(options.ScheduleToStartTimeout),
            StartToCloseTimeout = WorkflowInstance.ToDuration(options.StartToCloseTimeout),
            HeartbeatTimeout = WorkflowInstance.ToDuration(options.HeartbeatTimeout),
            RetryPolicy = options.RetryPolicy?.ToProto(),
            RequestEagerExecution = !instance.Setup.DisableEagerActivityExecution && !options.DisableEagerActivityExecution,
            Priority = options.Priority?.ToProto(),
            UseWorkflowBuildId = instance.InheritsBuildId(options.VersioningIntent, taskQueue),
        };
        return new()
        {
            CommandType = CommandType.ScheduleActivityTask,
            ScheduleActivityTaskCommandAttributes = call,
            UserMetadata = UserMetadata.Of(options.Summary, details: null, converter),
        };
    }
}
