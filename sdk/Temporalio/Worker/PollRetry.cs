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

    /// <summary>Polls once. A poll that fails is waited for until the next may be tried.</summary>
    /// <param name="poll">The poll.</param>
    /// <param name="stop">Tells that the worker shuts down: what fails then is no failure.</param>
    /// <returns>The answer; null where there is none.</returns>
    /// <exception cref="RpcException">The failure is final.</exception>
    public async Task<T?> PollAsync<T>(Func<Task<T>> poll, CancellationToken stop)
        where T : class
    {
        try
        {
            T response = await poll();
            Succeeded();
            return response;
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException && stop.IsCancellationRequested)
        {
            return null;
        }
        catch (RpcException e) when (e.Code == RpcException.StatusCode.DeadlineExceeded)
        {
            return null;
        }
        catch (RpcException e)
        {
            if (!await WaitAsync(e, stop))
            {
                throw;
            }

            return null;
        }
    }

    private void Succeeded()
    {
        scope.ServerContact.Reached();
        _pause.Reset();
        _refusedSince = null;
    }

    // False if the failure is final.
    private async Task<bool> WaitAsync(RpcException failure, CancellationToken cancellationToken)
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
