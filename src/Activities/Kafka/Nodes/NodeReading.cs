namespace Orchestrator.Activities.Kafka.Nodes;

/// <summary>What a Kafka process says about itself.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="NodeId">Its node id: the one it names, else the one that it should have.</param>
/// <param name="Failure">Why it could not be read, in one sentence; null where it answered.</param>
public sealed record NodeReading(string Pod, int? NodeId, string? Failure)
{
    /// <summary>Its place in the KRaft quorum; null where it does not say.</summary>
    public RaftReading? Raft { get; init; }

    /// <summary>Its <c>BrokerState</c>; null on a controller.</summary>
    public int? BrokerState { get; init; }

    /// <summary>How many log segments it still has to recover; null where it recovers none.</summary>
    public int? RemainingSegments { get; init; }

    /// <summary>How many logs it still has to recover; null where it recovers none.</summary>
    public int? RemainingLogs { get; init; }

    /// <summary>How many of its log folders have failed; null on a controller.</summary>
    public int? OfflineLogDirs { get; init; }

    /// <summary>As a controller: 1 where it is the active one, else 0; null on a broker.</summary>
    public int? ActiveControllers { get; init; }

    /// <summary>How many of the partitions that it leads are being moved; null on a controller.</summary>
    public int? Reassigning { get; init; }

    /// <summary>
    /// How old the last metadata record is that it has taken over, from the controllers or from its own log; null where it does not say.
    /// </summary>
    public TimeSpan? MetadataLag { get; init; }

    /// <summary>How many topics it counts; null on a broker.</summary>
    public int? Topics { get; init; }
}
