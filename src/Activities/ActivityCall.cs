using Temporalio.Activities;

namespace Orchestrator.Activities;

/// <summary>What a running activity has of its call.</summary>
internal static class ActivityCall
{
    // Well within the heartbeat timeouts of the workflows' calls.
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(5);

    /// <summary>The token that ends it; none outside a worker.</summary>
    public static CancellationToken Token =>
        ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    /// <summary>What an earlier try of this call last heartbeat; <paramref name="otherwise"/> where there was none.</summary>
    public static async Task<T> LastHeartbeatAsync<T>(T otherwise) =>
        ActivityExecutionContext.Current.Info is { HeartbeatDetails.Count: > 0 } info ? await info.HeartbeatDetailAtAsync<T>(0) : otherwise;

    /// <summary>
    /// Does work that heartbeats while it lasts, so that the loss of its worker is noticed long before the work's time is over.
    /// </summary>
    public static async Task<T> BeatingAsync<T>(Func<Task<T>> work)
    {
        Task<T> done = work();
        using PeriodicTimer timer = new(BeatEvery, TimeProvider.System);
        while (ActivityExecutionContext.HasCurrent
            && await Task.WhenAny(done, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()) != done)
        {
            ActivityExecutionContext.Current.Heartbeat();
        }

        return await done;
    }
}
