namespace Orchestrator.Sandbox.Kafka.Partitions;

/// <summary>A partition.</summary>
internal sealed class Partition(Topic topic, int number)
{
    public Topic Topic { get; } = topic;

    public int Number { get; } = number;

    /// <summary>The nodes that have a replica, the preferred leader first; while it is moved, the old ones and the new ones.</summary>
    public List<int> Replicas { get; set; } = [];

    public List<int> InSync { get; set; } = [];

    /// <summary>Out of sync, and with every record that was acknowledged.</summary>
    public List<int> Eligible { get; set; } = [];

    /// <summary>Where nobody is in sync or eligible: who led last.</summary>
    public int? LastKnownLeader { get; set; }

    public int? Leader { get; set; }

    public int LeaderEpoch { get; set; }

    /// <summary>Where it is being moved to, in order; null where it is not.</summary>
    public List<int>? Target { get; set; }

    /// <summary>Where it is moved from.</summary>
    public List<int> Origin { get; set; } = [];

    public Dictionary<int, Replica> Logs { get; } = [];

    /// <summary>How many records were acknowledged until <see cref="CountedAt"/>.</summary>
    public double End { get; set; }

    public DateTimeOffset CountedAt { get; set; }

    /// <summary>How many records that were acknowledged are in no replica any more.</summary>
    public double Lost { get; set; }

    /// <summary>The records of a canary by their offset, where somebody wrote them one by one.</summary>
    public Dictionary<long, string> Written { get; } = [];

    public bool IsUnderReplicated => InSync.Count < Replicas.Count;

    /// <summary>What each replica holds.</summary>
    public long SizeBytes
    {
        get
        {
            double bytes = Topic.Bytes + (End * Topic.RecordBytes);
            return (long)Math.Min(bytes, Topic.RetentionBytes ?? double.MaxValue);
        }
    }

    public override string ToString() => $"{Topic.Name}-{Number}";
}
