using Orchestrator.Sandbox.Kafka.Partitions;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kafka.Nodes;

/// <summary>A broker.</summary>
internal sealed class Broker(int id, string? rack, string version) : Node(id, version)
{
    public string? Rack { get; } = rack;

    /// <summary>Whether it is registered and may lead.</summary>
    public bool IsUnfenced { get; set; }

    /// <summary>Whether it has asked to be relieved of its partitions.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>Whether its last process stopped cleanly, so that its log need not be recovered.</summary>
    public bool StoppedCleanly { get; set; } = true;

    /// <summary>Whether no client reaches it; other brokers and the controllers do.</summary>
    public bool IsCut { get; set; }

    /// <summary>How many times as fast as others it catches up; 0: not at all.</summary>
    public double CatchUpFactor { get; set; } = 1;

    public List<LogFolder> Folders { get; } = [];

    /// <summary>The partitions that it has a replica of.</summary>
    public HashSet<Partition> Hosted { get; } = [];

    /// <summary>How many segments and logs are to be recovered, from <see cref="RecoveryBegan"/> on.</summary>
    public int SegmentsToRecover { get; set; }

    public DateTimeOffset RecoveryBegan { get; set; }

    public TimeSpan SegmentRecovery { get; set; }

    /// <summary>When the controllers give it up.</summary>
    public Alarm? Session { get; set; }

    /// <summary>When it last took over a metadata record, while it does not follow the quorum.</summary>
    public DateTimeOffset MetadataAt { get; set; }

    /// <summary>Whether clients get answers from it.</summary>
    public bool Serves => (IsRunning || Phase == ProcessPhase.Stopping) && !IsCut;

    /// <summary>Whether its replicas ask their leaders for records, and give records to others.</summary>
    public bool Replicates => IsRunning && IsUnfenced;

    /// <summary>The folder of a partition: partitions are spread over the folders by their number.</summary>
    public LogFolder FolderOf(Partition partition) => Folders[partition.Number % Folders.Count];

    /// <summary>Whether a partition may be led from here.</summary>
    public bool CanLead(Partition partition) => IsUnfenced && !IsLeaving && !FolderOf(partition).HasFailed;

    /// <summary>How many segments remain at an instant.</summary>
    public int RemainingSegments(DateTimeOffset now) => Phase != ProcessPhase.Recovering ? 0
        : SegmentsToRecover - (int)Math.Min(SegmentsToRecover, (now - RecoveryBegan) / SegmentRecovery);
}
