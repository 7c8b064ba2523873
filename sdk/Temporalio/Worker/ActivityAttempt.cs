using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;

namespace Temporalio.Worker;

/// <summary>One attempt of an activity: its context, its timers, its heartbeats, and its report to the server.</summary>
internal sealed class ActivityAttempt : IDisposable
{
    private readonly WorkerScope _scope;
    private readonly ActivityReports _reports;
    private readonly ActivityInfo _info;
    private readonly ActivityCancellation _cancellation = new();
    private readonly ActivityDeadlines _deadlines;
    private readonly ActivityHeartbeats _heartbeats;
    private readonly ActivityExecutionContext _context;
    private readonly ActivityBody _body;

    public ActivityAttempt(
        WorkerScope scope,
        ActivityRegistry registry,
        ActivityReports reports,
        PollActivityTaskQueueResponse task,
        CancellationToken workerShutdown)
    {
        _scope = scope;
        _reports = reports;
        _info = InContext(InfoOf(task, scope));
        ILogger logger = scope.LoggerFactory.CreateLogger($"Temporalio.Activity:{_info.ActivityType}");
        _deadlines = new(_info, scope.TimeProvider, TimeOut);
        _heartbeats = new(scope, _info, _cancellation, _deadlines, logger);
        _context = new(
            _info,
            _cancellation,
            workerShutdown,
            logger,
            _info.DataConverter.PayloadConverter,
            scope.Client as ITemporalClient,
            _heartbeats.Record);
        _body = new(scope, registry, task, _context, _heartbeats);
    }

    /// <summary>Runs the attempt and reports its outcome. Throws nothing.</summary>
    public async Task RunAsync()
    {
        ActivityExecutionContext.Enter(_context);
        using IDisposable? logScope = _context.Logger.BeginScope(_info.LogScope);
        long started = _scope.TimeProvider.GetTimestamp();
        ActivityOutcome outcome = await _body.RunAsync();
        _scope.Metrics.ActivityEnded(
            _info, outcome, _scope.TimeProvider.GetElapsedTime(started), _scope.TimeProvider.GetUtcNow().UtcDateTime);
        _deadlines.Dispose();
        bool gone = _context.CancellationDetails is { IsGoneFromServer: true };

        // The reason is settled: what the activity left running now sees its token cancelled.
        _cancellation.Dispose();
        Payloads? details = await EndHeartbeatsAsync(outcome);
        if (!gone && outcome is not ActivityOutcome.Untold)
        {
            await _reports.SendAsync(_info, outcome, details);
        }
    }

    /// <summary>Cancels the attempt because its worker shuts down.</summary>
    public void Cancel() => _cancellation.Cancel(ActivityCancelReason.WorkerShutdown, new() { IsWorkerShutdown = true });

    public void Dispose()
    {
        _deadlines.Dispose();
        _heartbeats.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>What a task says, with the client's own converter.</summary>
    public static ActivityInfo InfoOf(PollActivityTaskQueueResponse task, WorkerScope scope)
    {
        string? workflowId = NullIfEmpty(task.WorkflowExecution?.WorkflowId);
        string @namespace = NullIfEmpty(task.WorkflowNamespace) ?? scope.Namespace;
        return new(
            ActivityId: task.ActivityId,
            ActivityType: task.ActivityType.Name,
            Attempt: task.Attempt,
            CurrentAttemptScheduledTime: task.CurrentAttemptScheduledTime?.ToDateTime() ?? DateTime.MinValue,
            DataConverter: scope.Client.Options.DataConverter,
            HeartbeatDetails: task.HeartbeatDetails?.Payloads_ ?? [],
            HeartbeatTimeout: NullIfZero(task.HeartbeatTimeout),
            IsLocal: false,
            Namespace: @namespace,
            Priority: task.Priority is null ? null : Common.Priority.FromProto(task.Priority),
            RetryPolicy: task.RetryPolicy is null ? null : Common.RetryPolicy.FromProto(task.RetryPolicy),
            ScheduleToCloseTimeout: NullIfZero(task.ScheduleToCloseTimeout),
            ScheduledTime: task.ScheduledTime?.ToDateTime() ?? DateTime.MinValue,
            StartToCloseTimeout: NullIfZero(task.StartToCloseTimeout),
            StartedTime: task.StartedTime?.ToDateTime() ?? DateTime.MinValue,
            TaskQueue: scope.TaskQueue,
            TaskToken: task.TaskToken.ToByteArray(),
            WorkflowId: workflowId,
            WorkflowNamespace: workflowId is null ? null : @namespace,
            WorkflowRunId: workflowId is null ? null : task.WorkflowExecution!.RunId,
            WorkflowType: workflowId is null ? null : task.WorkflowType?.Name);
    }

    private static ActivityInfo InContext(ActivityInfo info) => info with
    {
        DataConverter = info.DataConverter.WithSerializationContext(new ISerializationContext.Activity(info)),
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The server writes an absent timeout as zero.
    private static TimeSpan? NullIfZero(Duration? duration) => duration?.ToTimeSpan() is { } span && span > TimeSpan.Zero ? span : null;

    private void TimeOut() =>
        _cancellation.Cancel(ActivityCancelReason.Timeout, new() { IsTimedOut = true, IsGoneFromServer = true });

    private async Task<Payloads?> EndHeartbeatsAsync(ActivityOutcome outcome)
    {
        switch (outcome)
        {
            case ActivityOutcome.Failed:
                return await _heartbeats.StopAndTakeAsync();
            case ActivityOutcome.Canceled:
                // Its report carries no details, so they go before it.
                await _heartbeats.StopAndFlushAsync(CancellationToken.None);
                return null;
            default:
                await _heartbeats.StopAsync();
                return null;
        }
    }
}
