using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// Whether, and when, something is tried again. The server's defaults: 1 s, doubled each time, at most 100 times the first, no limit of
/// tries.
/// </summary>
internal static class RetrySchedule
{
    private const int LargestTimesFirst = 100;

    /// <summary>A policy with the server's defaults filled in.</summary>
    public static RetryPolicy Filled(RetryPolicy? policy)
    {
        RetryPolicy filled = policy?.Clone() ?? new RetryPolicy();
        filled.InitialInterval ??= Duration.FromTimeSpan(TimeSpan.FromSeconds(1));
        filled.BackoffCoefficient = filled.BackoffCoefficient == 0 ? 2 : filled.BackoffCoefficient;
        filled.MaximumInterval ??= Duration.FromTimeSpan(filled.InitialInterval.ToTimeSpan() * LargestTimesFirst);
        return filled;
    }

    /// <summary>The wait before the next try.</summary>
    /// <param name="policy">A filled policy; null for one that says no.</param>
    /// <param name="attempt">The number of the try that failed, from 1.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="now">Now.</param>
    /// <param name="expiration">When it is too late; null for never.</param>
    /// <returns>The wait and <see cref="RetryState.InProgress"/>; or no wait, and why there is no next try.</returns>
    public static (TimeSpan? Wait, RetryState State) Next(RetryPolicy? policy, int attempt, Failure failure, DateTimeOffset now,
        DateTimeOffset? expiration)
    {
        if (policy is null)
        {
            return (null, RetryState.RetryPolicyNotSet);
        }

        if (!IsRetryable(failure, policy))
        {
            return (null, RetryState.NonRetryableFailure);
        }

        if (policy.MaximumAttempts > 0 && attempt >= policy.MaximumAttempts)
        {
            return (null, RetryState.MaximumAttemptsReached);
        }

        TimeSpan wait = failure.ApplicationFailureInfo?.NextRetryDelay?.ToTimeSpan() ?? Backoff(policy, attempt);
        return now + wait > expiration ? (null, RetryState.Timeout) : (wait, RetryState.InProgress);
    }

    private static TimeSpan Backoff(RetryPolicy policy, int attempt)
    {
        double largest = policy.MaximumInterval.ToTimeSpan().TotalMilliseconds;
        double wait = policy.InitialInterval.ToTimeSpan().TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        return TimeSpan.FromMilliseconds(double.IsFinite(wait) && wait < largest ? wait : largest);
    }

    private static bool IsRetryable(Failure failure, RetryPolicy policy) => failure.FailureInfoCase switch
    {
        Failure.FailureInfoOneofCase.CanceledFailureInfo or Failure.FailureInfoOneofCase.TerminatedFailureInfo => false,
        Failure.FailureInfoOneofCase.TimeoutFailureInfo =>
            failure.TimeoutFailureInfo.TimeoutType is TimeoutType.StartToClose or TimeoutType.Heartbeat
            && !policy.NonRetryableErrorTypes.Contains($"TemporalTimeout:{failure.TimeoutFailureInfo.TimeoutType}"),
        Failure.FailureInfoOneofCase.ServerFailureInfo => !failure.ServerFailureInfo.NonRetryable,
        Failure.FailureInfoOneofCase.ApplicationFailureInfo => !failure.ApplicationFailureInfo.NonRetryable
            && !policy.NonRetryableErrorTypes.Contains(failure.ApplicationFailureInfo.Type),
        _ => true,
    };
}
