using Microsoft.Extensions.Logging;
using Temporalio.Client.Transport;
using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>
/// Whether the worker reaches its server. All its loops report here, so that an outage makes two log lines, not thousands.
/// </summary>
internal sealed partial class ServerContact
{
    private readonly WorkerScope _scope;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private long? _lostAt;
    private volatile bool _isLost;

    public ServerContact(WorkerScope scope)
    {
        _scope = scope;
        _logger = scope.LoggerFactory.CreateLogger<ServerContact>();
    }

    /// <summary>Whether a call that failed so may succeed when it is repeated, for a worker that waits as long as it takes.</summary>
    public static bool IsTransient(RpcException exception) =>
        RpcRetry.IsRetryable(exception)
            || exception.Code is RpcException.StatusCode.Cancelled or RpcException.StatusCode.DeadlineExceeded;

    /// <summary>A call was answered.</summary>
    public void Reached()
    {
        if (!_isLost)
        {
            return;
        }

        lock (_lock)
        {
            if (_lostAt is { } lostAt)
            {
                TimeSpan away = _scope.TimeProvider.GetElapsedTime(lostAt);
                LogRegained(_scope.TaskQueue, away.TotalSeconds);
                _lostAt = null;
                _isLost = false;
            }
        }
    }

    /// <summary>A call failed in a way that another try may mend.</summary>
    public void Lost(RpcException exception)
    {
        lock (_lock)
        {
            if (_lostAt is null)
            {
                _lostAt = _scope.TimeProvider.GetTimestamp();
                _isLost = true;
                LogLost(_scope.TaskQueue, exception.Code, exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the Temporal server, trying on: task queue {TaskQueue}, {Code}: {Reason}")]
    private partial void LogLost(string taskQueue, RpcException.StatusCode code, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reached the Temporal server again after {Seconds:F1} s: task queue {TaskQueue}")]
    private partial void LogRegained(string taskQueue, double seconds);
}
