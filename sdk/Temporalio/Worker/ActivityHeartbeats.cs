using Google.Protobuf;
using Microsoft.Extensions.Logging;
using Temporalio.Activities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>
/// The heartbeats of one attempt. The first goes out at once; while an interval runs, the latest details wait for its end. What the
/// server answers cancels the attempt.
/// </summary>
internal sealed partial class ActivityHeartbeats : IDisposable
{
    private const double ShareOfTimeout = 0.8;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestCall = TimeSpan.FromSeconds(1);

    private readonly WorkerScope _scope;
    private readonly ActivityInfo _info;
    private readonly ActivityCancellation _cancellation;
    private readonly ActivityDeadlines _deadlines;
    private readonly ILogger _logger;
    private readonly TimeSpan _interval;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private object?[]? _waiting;
    private Payloads? _unsent;
    private Payloads? _latest;
    private Task? _sending;
    private bool _ended;

    public ActivityHeartbeats(
        WorkerScope scope, ActivityInfo info, ActivityCancellation cancellation, ActivityDeadlines deadlines, ILogger logger)
    {
        _scope = scope;
        _info = info;
        _cancellation = cancellation;
        _deadlines = deadlines;
        _logger = logger;
        TimeSpan interval = info.HeartbeatTimeout * ShareOfTimeout ?? scope.Options.DefaultHeartbeatThrottleInterval;
        _interval = interval < scope.Options.MaxHeartbeatThrottleInterval ? interval : scope.Options.MaxHeartbeatThrottleInterval;
    }

    /// <summary>Why the details of a heartbeat could not be converted; the attempt was cancelled for it. Null if they could.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Takes the details of a heartbeat; returns at once.</summary>
    public void Record(object?[] details)
    {
        lock (_lock)
        {
            if (_ended || Failure is not null)
            {
                return;
            }

            _waiting = details;
            _sending ??= Task.Run(SendAllAsync);
        }
    }

    /// <summary>Stops sending; what waits is dropped.</summary>
    public async Task StopAsync()
    {
        Task? sending;
        lock (_lock)
        {
            _ended = true;
            sending = _sending;
        }

        await _end.CancelAsync();
        await (sending ?? Task.CompletedTask);
    }

    /// <summary>Stops sending, and returns the latest details, for a failure to carry; null if there are none.</summary>
    public async Task<Payloads?> StopAndTakeAsync()
    {
        await StopAsync();
        await TakeWaitingAsync();
        return _latest;
    }

    /// <summary>Stops sending, once the latest details have been sent as well as one call can.</summary>
    public async Task StopAndFlushAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        if (await TakeWaitingAsync())
        {
            await SendAsync(_unsent, cancellationToken);
        }
    }

    public void Dispose() => _end.Dispose();

    private async Task SendAllAsync()
    {
        RetryPause pause = new(_scope.TimeProvider);
        while (await TakeWaitingAsync() && !_end.IsCancellationRequested)
        {
            bool sent = await SendAsync(_unsent, _end.Token);
            TimeSpan wait = sent ? _interval : pause.Next();
            if (sent)
            {
                _unsent = null;
                pause.Reset();
            }

            await Task.Delay(wait < _interval ? wait : _interval, _scope.TimeProvider, _end.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Converts the waiting details. False if there is nothing to send; then the next heartbeat starts anew.</summary>
    private async Task<bool> TakeWaitingAsync()
    {
        object?[]? details;
        lock (_lock)
        {
            details = _waiting;
            _waiting = null;
            if (details is null && _unsent is null)
            {
                _sending = null;
                return false;
            }
        }

        if (details is null)
        {
            return true;
        }

        try
        {
            _latest = new() { Payloads_ = { await _info.DataConverter.ToPayloadsAsync(details) } };
            _unsent = _latest;
            return true;
        }
#pragma warning disable CA1031 // The converter and the codec are the user's; whatever they throw fails the attempt.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
            return false;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_lock)
        {
            Failure = exception;
            _sending = null;
        }

        LogNotConverted(exception);
        _cancellation.Cancel(ActivityCancelReason.HeartbeatRecordFailure, new() { IsHeartbeatRecordFailure = true });
    }

    /// <summary>Sends one heartbeat. False if it must be sent again.</summary>
    private async Task<bool> SendAsync(Payloads? details, CancellationToken cancellationToken)
    {
        RecordActivityTaskHeartbeatRequest request = new()
        {
            Namespace = _info.Namespace,
            TaskToken = ByteString.CopyFrom(_info.TaskToken),
            Identity = _scope.Identity,
            Details = details,
        };
        TimeSpan timeout = TimeSpan.FromTicks(Math.Clamp(_interval.Ticks, ShortestCall.Ticks, LongestCall.Ticks));
        try
        {
            RpcOptions options = new() { Timeout = timeout, CancellationToken = cancellationToken };
            Heed(await _scope.Client.Connection.WorkflowService.RecordActivityTaskHeartbeatAsync(request, options));
            _scope.ServerContact.Reached();
            _deadlines.HeartbeatAcknowledged();
            return true;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
        {
            _scope.ServerContact.Reached();
            _cancellation.Cancel(ActivityCancelReason.GoneFromServer, new() { IsGoneFromServer = true });
            return true;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (RpcException e) when (ServerContact.IsTransient(e))
        {
            _scope.ServerContact.Lost(e);
            return false;
        }
        catch (RpcException e)
        {
            LogRefused(e.Code, e.Message);
            return true;
        }
    }

    private void Heed(RecordActivityTaskHeartbeatResponse response)
    {
        ActivityCancelReason reason = response switch
        {
            { CancelRequested: true } => ActivityCancelReason.CancelRequested,
            { ActivityReset: true } => ActivityCancelReason.Reset,
            { ActivityPaused: true } => ActivityCancelReason.Paused,
            _ => ActivityCancelReason.None,
        };
        if (reason != ActivityCancelReason.None)
        {
            _cancellation.Cancel(reason, new()
            {
                IsCancelRequested = response.CancelRequested,
                IsReset = response.ActivityReset,
                IsPaused = response.ActivityPaused,
            });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cancelling the activity, as the details of its heartbeat cannot be converted")]
    private partial void LogNotConverted(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server refused a heartbeat: {Code}: {Reason}")]
    private partial void LogRefused(RpcException.StatusCode code, string reason);
}
