using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Orchestrator.Activities.Http;

/// <summary>
/// How often a server is asked that is back within moments when it is restarted: <see cref="Count"/> tries of <see cref="EachWithin"/>.
/// A try that fails at once leaves the server its share of the time to come back, so that all of them take 15 s at most.
/// </summary>
internal static class PatientTries
{
    public const int Count = 3;

    /// <summary>5 s, for the answer as a whole.</summary>
    public static TimeSpan EachWithin { get; } = TimeSpan.FromSeconds(5);

    /// <summary>15 s.</summary>
    public static TimeSpan AllWithin => EachWithin * Count;

    /// <summary>
    /// Tries again where the outcome may pass by itself. A try without an answer always may; it ends as a
    /// <see cref="TimeoutRejectedException"/>.
    /// </summary>
    public static ResiliencePipeline<T> Of<T>(TimeProvider timeProvider, Func<Outcome<T>, bool> mayPass) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = Count - 1,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is TimeoutRejectedException || mayPass(args.Outcome)),
                DelayGenerator = args =>
                    ValueTask.FromResult<TimeSpan?>(args.Outcome.Exception is TimeoutRejectedException ? TimeSpan.Zero : EachWithin),
            })
            .AddTimeout(EachWithin)
            .Build();

    /// <summary>One try of the same length.</summary>
    public static ResiliencePipeline<T> Once<T>(TimeProvider timeProvider) =>
        new ResiliencePipelineBuilder<T> { TimeProvider = timeProvider }.AddTimeout(EachWithin).Build();
}
