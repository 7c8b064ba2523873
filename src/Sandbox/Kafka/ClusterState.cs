using Orchestrator.Sandbox.Kafka.Features;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;
using Orchestrator.Sandbox.Kafka.Quorum;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kafka;

/// <summary>
/// All that there is of a cluster, behind one lock. Nothing runs by itself: what has happened since the last look is worked off, in its
/// order and each at its own instant, before anybody sees or changes anything.
/// </summary>
internal sealed class ClusterState
{
    private readonly Lock _gate = new();
    private readonly AlarmQueue _alarms = new();
    private readonly TimeProvider _clock;

    public ClusterState(TimeProvider clock, KafkaTimings timings, string clusterId, string release)
    {
        _clock = clock;
        Now = clock.GetUtcNow();
        Timings = timings;
        ClusterId = clusterId;
        Features = new(this, release);
        Quorum = new(this);
        Leadership = new(this);
        Replication = new(this);
        Brokers = new(this);
    }

    public string ClusterId { get; }

    public KafkaTimings Timings { get; }

    /// <summary>The instant of what is being worked off.</summary>
    public DateTimeOffset Now { get; private set; }

    public BrokerLife Brokers { get; }

    public MetadataQuorum Quorum { get; }

    public Leadership Leadership { get; }

    public Replication Replication { get; }

    public FeatureLevels Features { get; }

    public SortedDictionary<string, Topic> Topics { get; } = new(StringComparer.Ordinal);

    /// <summary>The brokers' own file: the same for all of them.</summary>
    public Dictionary<string, string> BrokerFile { get; } = new(StringComparer.Ordinal);

    /// <summary>What is set for all brokers at run time, which wins over their file.</summary>
    public Dictionary<string, string> ClusterSettings { get; } = new(StringComparer.Ordinal);

    public AccessRules Access { get; } = new();

    public IEnumerable<Partition> Partitions => Topics.Values.SelectMany(topic => topic.Partitions);

    /// <summary>Looks at the cluster as it is now, or changes it.</summary>
    public T Change<T>(Func<T> change)
    {
        // Before the lock: the clock of a box has one of its own.
        DateTimeOffset now = _clock.GetUtcNow();
        lock (_gate)
        {
            CatchUp(now);
            return change();
        }
    }

    /// <inheritdoc cref="Change{T}"/>
    public void Change(Action change) => Change(() =>
    {
        change();
        return true;
    });

    /// <summary>When something happens next by itself; null: nothing does.</summary>
    public DateTimeOffset? Next() => Change(() => _alarms.Next);

    /// <summary>Has something happen after a time, unless it is called off.</summary>
    public Alarm After(TimeSpan time, string what, Action happen) => _alarms.Set(Now + time, what, happen);

    private void CatchUp(DateTimeOffset now)
    {
        while (_alarms.TakeDue(now) is { } due)
        {
            Now = due.At > Now ? due.At : Now;
            due.Ring();
        }

        Now = now > Now ? now : Now;
    }
}
