namespace Orchestrator.Sandbox.Kafka;

/// <summary>
/// How long things take in a cluster in the box. The defaults are Kafka's own where it has them, else what brokers on a laptop take.
/// </summary>
public sealed record KafkaTimings
{
    /// <summary>From the start of a process until its Jolokia agent answers. Default: 1 s.</summary>
    public TimeSpan Agent { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From the start of a broker until it looks at its log. Default: 3 s.</summary>
    public TimeSpan BrokerStart { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From the start of a controller until it takes part in the quorum. Default: 2 s.</summary>
    public TimeSpan ControllerStart { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The recovery of one log segment after an unclean stop. Default: 50 ms.</summary>
    public TimeSpan SegmentRecovery { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>From a log that is ready until the controllers have unfenced the broker. Default: 1 s.</summary>
    public TimeSpan Registration { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From SIGTERM until a broker has given its partitions away. Default: 500 ms.</summary>
    public TimeSpan ControlledShutdown { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>From then, or from a controller's SIGTERM, until the process has ended. Default: 1 s.</summary>
    public TimeSpan Exit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary><c>broker.session.timeout.ms</c>: a broker that is silent for so long is fenced. Default: 9 s.</summary>
    public TimeSpan BrokerSession { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary><c>replica.lag.time.max.ms</c>: a replica that is behind for so long leaves the ISR. Default: 30 s.</summary>
    public TimeSpan ReplicaLag { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the first fetch of a replica that misses nothing until it is in sync. Default: 500 ms.</summary>
    public TimeSpan FirstFetch { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What a broker fetches from its leaders in one second while it catches up. Default: 50 MB.</summary>
    public long CatchUpBytesPerSecond { get; init; } = 50_000_000;

    /// <summary><c>controller.quorum.fetch.timeout.ms</c>: a voter that hears nothing for so long looks for votes. Default: 2 s.</summary>
    public TimeSpan QuorumFetch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>An election of the quorum's leader. Default: 500 ms.</summary>
    public TimeSpan QuorumElection { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How many records the active controller writes in one second where nothing happens. Default: 2.</summary>
    public double MetadataRecordsPerSecond { get; init; } = 2;

    /// <summary><c>leader.imbalance.check.interval.seconds</c>. Default: 5 min.</summary>
    public TimeSpan LeaderBalance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a process that cannot register tries before it ends itself. Default: 60 s.</summary>
    public TimeSpan RegistrationLimit { get; init; } = TimeSpan.FromSeconds(60);
}
