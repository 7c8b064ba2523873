using Temporalio.Exceptions;
using StatusCode = Temporalio.Exceptions.RpcException.StatusCode;

namespace Temporalio.Client.Transport;

/// <summary>Repeats a call that failed for a passing reason.</summary>
internal sealed class RpcRetry
{
    // A server that throttles is left alone for longer than one that is gone.
    private static readonly TimeSpan FirstThrottledInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxThrottledInterval = TimeSpan.FromSeconds(10);
    private const float ThrottledMultiplier = 2;

    private readonly RpcRetryOptions _options;
    private readonly TimeProvider _time;

    public RpcRetry(RpcRetryOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
    }

    /// <summary>Makes the call until it succeeds, fails for good, or tries or time are used up; then the last error is thrown.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        long start = _time.GetTimestamp();
        for (int retries = 0; ; retries++)
        {
            try
            {
                return await call();
            }
            catch (RpcException e) when (IsRetryable(e) && retries < _options.MaxRetries && !IsUsedUp(start))
            {
                await Task.Delay(NextDelay(e, retries), _time, cancellationToken);
            }
        }
    }

    /// <summary>Whether the same call may succeed later.</summary>
    public static bool IsRetryable(RpcException exception) => exception.Code switch
    {
        StatusCode.DataLoss or StatusCode.Internal or StatusCode.Unknown or StatusCode.Aborted or StatusCode.OutOfRange or
            StatusCode.Unavailable => true,
        StatusCode.ResourceExhausted => !IsMessageTooLarge(exception),
        _ => false,
    };

    /// <summary>Whether a message was larger than one of the sides takes.</summary>
    public static bool IsMessageTooLarge(RpcException exception) =>
        exception.Code == StatusCode.ResourceExhausted &&
        exception.Message.StartsWith("grpc: ", StringComparison.Ordinal) &&
        exception.Message.Contains("larger than max", StringComparison.Ordinal);

    private bool IsUsedUp(long start) => _options.MaxElapsedTime is { } limit && _time.GetElapsedTime(start) >= limit;

    private TimeSpan NextDelay(RpcException exception, int retries)
    {
        bool throttled = exception.Code == StatusCode.ResourceExhausted;
        (TimeSpan first, TimeSpan max, float multiplier) = throttled
            ? (FirstThrottledInterval, MaxThrottledInterval, ThrottledMultiplier)
            : (_options.InitialInterval, _options.MaxInterval, _options.Multiplier);
        double interval = Math.Min(first.TotalMilliseconds * Math.Pow(multiplier, retries), max.TotalMilliseconds);
        double jitter = 1 + (_options.RandomizationFactor * ((2 * Random.Shared.NextDouble()) - 1));
        return TimeSpan.FromMilliseconds(interval * jitter);
    }
}
