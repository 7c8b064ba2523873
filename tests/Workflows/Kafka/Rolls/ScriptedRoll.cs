using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Tests.Confluent;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>
/// A roll of three brokers that was just triggered (generation 5, revision r1), a script of what happens to it, and the milestones that a
/// reading every ten seconds finds, such as <c>00:30 PodReplaced Pod kafka-2 was restarted.</c>
/// </summary>
internal sealed class ScriptedRoll
{
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly List<string> _milestones = [];
    private int _restarts;

    public ScriptedRoll(RollComponent part = RollComponent.Brokers, RollLimits? limits = null, params string[] acceptUnavailable)
    {
        Part = part;
        ComponentSnapshot before = Component;
        Component = before with { Generation = 5, ManualRoll = "run/1" };
        Progress = RollProgress.Triggered(before, before.StatefulSet!.UpdateRevision, 5, Start, "run/1");
        Input = new WatchRollInput(
            new ChangeTarget("lab", "confluent"), "kafka", part, Progress, acceptUnavailable, limits ?? new RollLimits());
    }

    public WatchRollInput Input { get; }

    public RollComponent Part { get; }

    public RollProgress Progress { get; private set; }

    public RollReport? Last { get; private set; }

    public IReadOnlyList<string> Milestones => _milestones;

    public DateTimeOffset Now { get; private set; } = Start;

    public ConfluentClusterSnapshot Cluster { get; set; } = WholeConfluent.Cluster;

    public KafkaSnapshot Kafka { get; set; } = WholeKafka.Snapshot;

    /// <summary>The resource that rolls.</summary>
    public ComponentSnapshot Component
    {
        get => RollReadiness.Of(Cluster, Part)!;
        set => Cluster = Part == RollComponent.Brokers ? Cluster with { Kafka = value } : Cluster with { Controllers = value };
    }

    private RollObservation Seen => new(Cluster, Kafka, Now);

    private bool IsOver => Last?.Milestone is
        RollMilestone.Stalled or RollMilestone.Done or RollMilestone.Breached or RollMilestone.OperatorIdle or RollMilestone.CapReached;

    /// <summary>Time passes, and the cluster is read at its end alone; nobody reads it any more once the roll is over.</summary>
    public ScriptedRoll After(TimeSpan time)
    {
        Now += time;
        if (IsOver)
        {
            return this;
        }

        (Progress, Last) = RollWatch.Advance(Input, Progress, Seen);
        return Noted();
    }

    private ScriptedRoll Noted()
    {
        if (Last is { } report)
        {
            _milestones.Add($"{Math.Floor((Now - Start).TotalMinutes):00}:{(Now - Start).Seconds:00} {report.Milestone} {report.Sentence}");
        }

        return this;
    }

    /// <summary>Time passes, and a reading fails.</summary>
    public ScriptedRoll CannotBeRead(TimeSpan time, string reason)
    {
        Now += time;
        (Progress, Last) = RollWatch.Unread(Input, Progress, reason, Now);
        return Noted();
    }

    /// <summary>The cluster is read every ten seconds.</summary>
    public ScriptedRoll Reads(int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            After(Poll);
        }

        return this;
    }

    /// <summary>The cluster is read every ten seconds for a time.</summary>
    public ScriptedRoll ReadsFor(TimeSpan time) => Reads((int)(time / Poll));

    /// <summary>The same reading once more, with the progress that it led to.</summary>
    public (RollProgress Progress, RollReport? Report) Again() => RollWatch.Advance(Input, Progress, Seen);

    /// <summary>The same reading once more, with an earlier progress, as after a watcher that was lost before its heartbeat.</summary>
    public (RollProgress Progress, RollReport? Report) AgainFrom(RollProgress earlier) => RollWatch.Advance(Input, earlier, Seen);

    public ScriptedRoll TakenUp(string revision = "r2")
    {
        Component = Component with { ObservedGeneration = Component.Generation, StatefulSet = new StatefulSetSnapshot(revision, 0) };
        return this;
    }

    /// <summary>Somebody looked at it and said that it may go on.</summary>
    public ScriptedRoll GoesOn()
    {
        Progress = Progress.GoesOn(Now);
        Last = null;
        return this;
    }

    /// <summary>A pod is gone, its broker with it, and its replicas fall behind.</summary>
    public ScriptedRoll Stopped(int ordinal)
    {
        Component = Component.With(ordinal, _ => null);
        Kafka = Kafka.Without(ordinal) with { UnderReplicated = 24 };
        return this;
    }

    /// <summary>A pod is there again, as another one, and not yet Ready.</summary>
    public ScriptedRoll Created(int ordinal, string revision = "r2", string? waiting = null)
    {
        PodSnapshot pod = WholeConfluent.Pod(Component.Reference.Name, ordinal, $"uid-{++_restarts}", revision) with
        {
            Ready = false, WaitingReason = waiting,
        };
        Component = Component with
        {
            Pods = [.. Component.Pods.Where(other => other.Ordinal != ordinal).Append(pod).OrderBy(other => other.Ordinal)],
        };
        return this;
    }

    public ScriptedRoll Changed(int ordinal, Func<PodSnapshot, PodSnapshot> change)
    {
        Component = Component.With(ordinal, change);
        return this;
    }

    public ScriptedRoll Ready(int ordinal)
    {
        Kafka = Kafka.With(WholeKafka.Broker(ordinal));
        return Changed(ordinal, pod => pod with { Ready = true, WaitingReason = null });
    }

    public ScriptedRoll CaughtUp()
    {
        Kafka = WholeKafka.Snapshot;
        return this;
    }

    /// <summary>A broker's process answers, but recovers its log and is not registered.</summary>
    public ScriptedRoll Recovers(int broker, int segments)
    {
        Kafka = Kafka.With(new BrokerSnapshot(broker, 0, 36, State: 2, segments, Registered: false));
        return this;
    }

    /// <summary>A whole restart: gone, there, Ready, in sync; one reading after each.</summary>
    public ScriptedRoll Restarted(int ordinal, string revision = "r2") =>
        Stopped(ordinal).Reads().Created(ordinal, revision).Reads().Ready(ordinal).Reads().CaughtUp().Reads();
}
