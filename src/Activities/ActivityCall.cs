namespace Orchestrator.Activities;

/// <summary>What a running activity has of its call; a call without a worker has no token and keeps no heartbeats.</summary>
internal static class ActivityCall
{
    /// <summary>The token that ends it.</summary>
    public static CancellationToken Token => CancellationToken.None;
}
