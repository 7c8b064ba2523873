namespace Orchestrator.Kubernetes;

/// <summary>What to watch, and for how long to bear with a server that does not answer.</summary>
public sealed record WatchOptions
{
    /// <summary>Label selector. Default: null, all.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Field selector, such as <c>metadata.name=kafka-0</c>. Default: null, all.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>
    /// The state to start from, out of a list of the caller's. Default: null, the watch lists by itself.
    /// </summary>
    public string? ResourceVersion { get; init; }

    /// <summary>
    /// How long the watch, once it has begun, keeps trying to reach the server again before it throws. Default: 5 minutes;
    /// <see cref="Timeout.InfiniteTimeSpan"/> tries for ever.
    /// </summary>
    public TimeSpan MaxOutage { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long one connection serves the watch before it is reopened, unseen by the caller. Default: 5 minutes.</summary>
    public TimeSpan ConnectionLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
