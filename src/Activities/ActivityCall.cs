using Temporalio.Activities;

namespace Orchestrator.Activities;

/// <summary>What a running activity has of its call.</summary>
internal static class ActivityCall
{
    /// <summary>The token that ends it; none outside a worker.</summary>
    public static CancellationToken Token => ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.CancellationToken : CancellationToken.None;

    /// <summary>What an earlier try of this call last heartbeat; <paramref name="otherwise"/> where there was none.</summary>
    public static async Task<T> LastHeartbeatAsync<T>(T otherwise) =>
        ActivityExecutionContext.Current.Info is { HeartbeatDetails.Count: > 0 } info ? await info.HeartbeatDetailAtAsync<T>(0) : otherwise;
}
