using Temporalio.Exceptions;

namespace Temporalio.Worker;

/// <summary>
/// What a poller does when polls fail: an outage is waited out; a refusal, such as a revoked right, ends the worker once it has lasted
/// a minute, so that credentials may be rotated under it.
/// </summary>
internal sealed class PollRetry(WorkerScope scope)
{
    private static readonly TimeSpan RefusalsTolerated = TimeSpan.FromMinutes(1);

    private readonly RetryPause _pause = new(scope.TimeProvider);
    private long? _refusedSince;

    /// <summary>A poll was answered.</summary>
    public void Succeeded()
    {
        scope.ServerContact.Reached();
        _pause.Reset();
        _refusedSince = null;
    }

    /// <summary>Waits until the next poll may be tried. False if the failure is final.</summary>
    public async Task<bool> WaitAsync(RpcException failure, CancellationToken cancellationToken)
    {
        if (ServerContact.IsTransient(failure))
        {
            _refusedSince = null;
        }
        else
        {
            _refusedSince ??= scope.TimeProvider.GetTimestamp();
            if (scope.TimeProvider.GetElapsedTime(_refusedSince.Value) > RefusalsTolerated)
            {
                return false;
            }
        }

        scope.ServerContact.Lost(failure);
        await _pause.WaitAsync(cancellationToken);
        return true;
    }
}
