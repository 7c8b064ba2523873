using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// What is beyond the workflows: a cluster that is whole, a policy that asks nobody, watches that answer as the test says, and the list
/// of everything that was written.
/// </summary>
public sealed class ScriptedWorld(RunServer server) : ITargetActivities, IConfluentActivities, IKafkaActivities, IObjectActivities,
    IRollActivities, ILockActivities, IEvidenceActivities, IKafkaCanaryActivities, IKafkaLeaderActivities, IRemovalActivities
{
    private readonly Lock _lock = new();
    private readonly List<string> _effects = [];
    private readonly List<string> _locks = [];
    private readonly List<string> _fenced = [];
    private readonly List<int> _samples = [];
    private readonly List<AuditEvent> _kept = [];
    private readonly List<int> _keptUpTo = [];
    private readonly Dictionary<string, string?> _fields = [];
    private readonly HashSet<string> _gone = [];
    private int _watches;
    private volatile bool _goesOn;
    private volatile bool _isWaiting;
    private int _evictionsRefused;
    private int _resolved;
    private volatile bool _isAway;

    /// <summary>Writes in order, such as <c>kafka: trigger (absent) → key</c>.</summary>
    public IReadOnlyList<string> Effects => Copy(_effects);

    /// <summary>Locks taken and given back, in order, such as <c>take cluster/cluster-uid Shared</c>.</summary>
    public IReadOnlyList<string> Locks => Copy(_locks);

    /// <summary>What was done to Kafka itself, with the tokens that came along.</summary>
    public IReadOnlyList<string> KafkaActs => Copy(_fenced);

    /// <summary>The audit events that were kept before each effect, in order; and with taking and giving back the locks.</summary>
    public IReadOnlyList<AuditEvent> Kept => Copy(_kept);

    /// <summary>How many had been kept when the locks were asked for, and when something was written.</summary>
    public IReadOnlyList<int> KeptUpTo => Copy(_keptUpTo);

    /// <summary>How often each reading of the cluster was to be repeated, in order.</summary>
    public IReadOnlyList<int> Samples => Copy(_samples);

    /// <summary>Whether nothing that is asked of the cluster has an answer.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>Whether nothing can be written.</summary>
    public bool WritesAreAway { get; set; }

    /// <summary>Whether the cluster goes away with the answer to the next write, which it does.</summary>
    public bool GoesAwayWithTheNextWrite { get; set; }

    /// <summary>How often it was asked whether the target can be reached.</summary>
    public int Resolved => _resolved;

    /// <summary>The evidence that was written; null before it was.</summary>
    public WriteEvidenceInput? Evidence { get; private set; }

    public ChangePolicy Policy { get; set; } = Asking();

    public ScriptedAlerts Alerts { get; } = new();

    public ScriptedChannels Channels { get; } = new();

    public ConfluentClusterSnapshot Cluster { get; set; } = WholeConfluent.Cluster;

    public KafkaSnapshot Kafka { get; set; } = WholeKafka.Snapshot;

    /// <summary>What the watches answer, one after the other; then they wait until they are cancelled.</summary>
    public IReadOnlyList<RollMilestone> Watches { get; set; } = [RollMilestone.InSync, RollMilestone.Done];

    /// <summary>What happens once an object has been written and before the worker learns of it; its name is given.</summary>
    public Func<string, Task> AfterWriting { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called before something is done to the cluster, and again once it is done, each time with what it is.</summary>
    public Action<Moment, string>? At { get; set; }

    /// <summary>How many evictions a disruption budget refuses before it allows one.</summary>
    public int EvictionsRefused
    {
        get => _evictionsRefused;
        set => _evictionsRefused = value;
    }

    /// <summary>Whether a watch waits to be cancelled.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>Called before a reading of the cluster is answered, with its number from 1.</summary>
    public Action<int>? BeforeReading { get; set; }

    /// <summary>Called before a watch answers, with its number from 0.</summary>
    public Action<int>? BeforeWatch { get; set; }

    /// <summary>Called before an eviction or a deletion is answered.</summary>
    public Action? BeforeRemoval { get; set; }

    /// <summary>Whether watching fails for good.</summary>
    public bool WatchBreaks { get; set; }

    /// <summary>Whether somebody else holds the operator.</summary>
    public bool HoldIsAnothers { get; set; }

    /// <summary>Whether the operator cannot be held.</summary>
    public bool HoldIsDenied { get; set; }

    /// <summary>A policy under which each tier asks so many team leads: bob and carol.</summary>
    public static ChangePolicy Asking(int teamLeads = 0) => new(
        "laptop",
        AllowUnverifiedActors: true,
        [
            .. Enum.GetValues<Workflows.ChangeControl.ChangeTier>()
                .Select(tier => new TierPolicy(tier, teamLeads == 0 ? [] : [new("team-lead", teamLeads)], TimeSpan.FromMinutes(5))),
        ],
        new(["peer"], [new("bob", ["team-lead"]), new("carol", ["team-lead"])]));

    /// <summary>A watch that waits is done.</summary>
    public void WatchesGoOn() => _goesOn = true;

    [Activity("ResolveTarget")]
    public Task<ResolvedTarget> ResolveTargetAsync(ResolveTargetInput input)
    {
        Interlocked.Increment(ref _resolved);
        Answer();
        return Task.FromResult(
            new ResolvedTarget(input.Target with { Namespace = input.Target.Namespace ?? "confluent" }, "cluster-uid", Policy, [])
            {
                HasAlerts = Alerts.Readings.Count > 0,
            });
    }

    [Activity("ReadPolicy")]
    public Task<ChangePolicy> ReadPolicyAsync() => Task.FromResult(Policy);

    [Activity("ReadConfluentCluster")]
    public Task<ConfluentClusterSnapshot> ReadClusterAsync(ReadConfluentClusterInput input)
    {
        Answer();
        lock (_lock)
        {
            _samples.Add(input.Samples);
        }

        BeforeReading?.Invoke(_samples.Count);

        return Task.FromResult(input.WithKafka && Cluster.Kafka is not null ? Cluster with { KafkaState = Kafka } : Cluster);
    }

    [Activity("TakeKafkaSnapshot")]
    public Task<KafkaSnapshot> TakeSnapshotAsync(TakeKafkaSnapshotInput input) => Task.FromResult(Kafka);

    [Activity("PatchObject")]
    public async Task<PatchObjectResult> PatchObjectAsync(PatchObjectInput input)
    {
        Answer(WritesAreAway);
        PointerChange change = input.Changes.Single();
        bool hold = change.Pointer == RollNames.HoldPointer;
        if (hold && HoldIsAnothers)
        {
            throw new ApplicationFailureException("kafka has that change, but it was not made by this one.", ReasonCodes.PlanChanged,
                nonRetryable: true);
        }

        if (hold && HoldIsDenied && change.After is not null)
        {
            throw new ApplicationFailureException("patch is denied.", "RBAC_MISSING", nonRetryable: true);
        }

        string effect =
            $"{input.Object.Name}: {(hold ? "hold" : "trigger")} {change.Before ?? "(absent)"} → {change.After ?? "(absent)"}";
        Begin(effect);
        lock (_lock)
        {
            Keep(input.Audit);
            if (!Write(input, change, hold))
            {
                return new PatchObjectResult(Changed: false, Generation: 5);
            }

            _effects.Add(effect);
        }

        End(effect);
        await AfterWriting(input.Object.Name);
        Lose();
        return new PatchObjectResult(Changed: true, Generation: 5);
    }

    [Activity("WatchRoll")]
    public async Task<RollReport> WatchRollAsync(WatchRollInput input)
    {
        if (WatchBreaks)
        {
            throw new ApplicationFailureException("The cluster is unknown here.", "TARGET_UNKNOWN", nonRetryable: true);
        }

        int watch = Interlocked.Increment(ref _watches) - 1;
        BeforeWatch?.Invoke(watch);
        if (watch < Watches.Count)
        {
            RollMilestone milestone = Watches[watch];
            RollProgress progress = Restarted(input.Progress, watch);
            return new RollReport(
                milestone,
                $"It is {milestone}.",
                progress with
                {
                    Sentence = $"It is {milestone}.",
                    IsTakenBack = progress.IsTakenBack || milestone == RollMilestone.TakenBack,
                });
        }

        ActivityExecutionContext context = ActivityExecutionContext.Current;
        _isWaiting = true;
        while (true)
        {
            context.Heartbeat(input.Progress);
            if (_goesOn)
            {
                return new RollReport(RollMilestone.Done, "It is Done.", Restarted(input.Progress, watch));
            }

            await server.Waits.For(input.Limits.PollEvery, context.CancellationToken);
        }
    }

    [Activity("ElectPreferredLeaders")]
    public Task<ElectPreferredLeadersResult> ElectAsync(ElectPreferredLeadersInput input)
    {
        ActOnKafka("elect", input.Fences, input.Audit);
        return Task.FromResult(new ElectPreferredLeadersResult(12));
    }

    [Activity("EvictPod")]
    public Task<EvictPodResult> EvictPodAsync(EvictPodInput input)
    {
        Answer();
        bool isGone = Remove(
            $"evict {input.Pod} {input.Uid}", input.Uid, input.Audit, () => Interlocked.Decrement(ref _evictionsRefused) < 0);
        return Task.FromResult(isGone ? new EvictPodResult(Gone: true) : new EvictPodResult(Gone: false, "The budget kafka allows 0."));
    }

    [Activity("DeleteObject")]
    public Task<DeleteObjectResult> DeleteObjectAsync(DeleteObjectInput input)
    {
        Answer();
        return Task.FromResult(
            new DeleteObjectResult(Remove($"delete {input.Object.Name} {input.Object.Uid}", input.Object.Uid!, input.Audit, () => true)));
    }

    [Activity("RunKafkaCanary")]
    public Task<KafkaCanaryResult> RunCanaryAsync(RunKafkaCanaryInput input)
    {
        ActOnKafka("canary", input.Fences, input.Audit);
        return Task.FromResult(new KafkaCanaryResult("canary", []));
    }

    [Activity("AcquireLocks")]
    public Task<AcquiredLocks> AcquireLocksAsync(AcquireLocksInput input)
    {
        Begin("take the locks");
        lock (_lock)
        {
            Keep(input.Audit);
            _locks.AddRange(input.Needs.Select(need => $"take {need.Guard} {need.Mode}"));
        }

        End("take the locks");
        return Task.FromResult(
            new AcquiredLocks([.. input.Needs.Select(need => new LockGrant(need.Guard, need.Mode, 1, server.Now))]));
    }

    [Activity("ReleaseLocks")]
    public Task ReleaseLocksAsync(ReleaseLocksInput input)
    {
        Begin("give back the locks");
        lock (_lock)
        {
            _kept.AddRange(input.Audit);
            _locks.AddRange(input.Guards.Select(guard => $"give back {guard}"));
        }

        End("give back the locks");
        return Task.CompletedTask;
    }

    [Activity("RaiseFence")]
    public Task<RaisedFence> IssueFenceAsync(RaiseFenceInput input) => Task.FromResult(new RaisedFence(input.Above + 1));

    [Activity("WatchHolders")]
    public async Task<EndedHolder> WatchHoldersAsync(WatchHoldersInput input)
    {
        // Nobody ends here without giving the lock back.
        ActivityExecutionContext context = ActivityExecutionContext.Current;
        while (true)
        {
            context.Heartbeat();
            await server.Waits.For(TimeSpan.FromSeconds(10), context.CancellationToken);
        }
    }

    [Activity("WriteEvidence")]
    public Task<EvidenceReference> WriteEvidenceAsync(WriteEvidenceInput input)
    {
        Begin("keep the evidence");
        Evidence = input;
        End("keep the evidence");
        return Task.FromResult(new EvidenceReference($"/evidence/{input.ChangeId}", "hash", input.Documents.Count));
    }

    // What happens to the cluster in a call, the next reading shows.
    private bool Write(PatchObjectInput input, PointerChange change, bool hold)
    {
        ComponentSnapshot? Written(ComponentSnapshot? component) => component?.Reference.Name != input.Object.Name ? component
            : hold ? component with
            {
                Holds = change.After is null
                    ? []
                    : [new OperatorHold(OperatorHold.BlockReconcile, change.After, null, null, input.Mark!.Owner)],
            }
            : component with { ManualRoll = change.After };
        string field = $"{input.Target.Context} {input.Object.Name} {change.Pointer}";
        bool isAlready = hold && change.After is null
            ? RollPart(input)?.Holds.Count == 0
            : _fields.GetValueOrDefault(field) == change.After;
        _fields[field] = change.After;
        Cluster = Cluster with { Kafka = Written(Cluster.Kafka), Controllers = Written(Cluster.Controllers) };
        return !isAlready;
    }

    private ComponentSnapshot? RollPart(PatchObjectInput input) =>
        Cluster.Kafka?.Reference.Name == input.Object.Name ? Cluster.Kafka : Cluster.Controllers;

    private void Answer(bool isAway = false)
    {
        if (IsAway || isAway)
        {
            throw new ApplicationFailureException("connection refused", "KUBERNETES_UNAVAILABLE");
        }
    }

    private void Lose()
    {
        if (GoesAwayWithTheNextWrite)
        {
            GoesAwayWithTheNextWrite = false;
            IsAway = true;
        }

        Answer();
    }

    private IReadOnlyList<T> Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }

    private void ActOnKafka(string what, IReadOnlyList<Fence>? fences, IReadOnlyList<AuditEvent> audit)
    {
        Begin(what);
        lock (_lock)
        {
            Keep(audit);
            _fenced.Add($"{what} {string.Join(' ', (fences ?? []).Select(fence => $"{fence.Guard}={fence.Epoch}"))}");
        }

        End(what);
    }

    // A pod that is gone is gone: nobody removes it twice.
    private bool Remove(string effect, string uid, IReadOnlyList<AuditEvent> audit, Func<bool> mayGo)
    {
        Begin(effect);
        lock (_lock)
        {
            Keep(audit);
            if (_gone.Contains(uid))
            {
                return true;
            }

            _effects.Add(effect);
        }

        BeforeRemoval?.Invoke();
        bool goes = mayGo();
        lock (_lock)
        {
            _ = goes && _gone.Add(uid);
        }

        End(effect);
        Lose();
        return goes;
    }

    /// <summary>People are told as the clusters are changed: a worker can be ended right before it and right after it.</summary>
    public void TellsAsItActs() => Channels.At = (moment, type) => Reach(moment, $"tell {type}");

    private void Begin(string what) => Reach(Moment.Before, what);

    private void End(string what) => Reach(Moment.After, what);

    // Where the test ends the worker at this moment, it does and says nothing more.
    private void Reach(Moment moment, string what)
    {
        Refuse();
        At?.Invoke(moment, what);
        Refuse();
    }

    private void Refuse()
    {
        if (server.IsCallerEnded)
        {
            throw new ApplicationFailureException("The process is gone.", "GONE");
        }
    }

    private void Keep(IReadOnlyList<AuditEvent> audit)
    {
        _kept.AddRange(audit);
        _keptUpTo.Add(_kept.Count);
    }

    // Each milestone restarts one pod more.
    private static RollProgress Restarted(RollProgress progress, int watch) => progress with
    {
        Pods = [.. progress.Pods.Select((pod, index) => index <= watch ? pod with { NewUid = $"new-{pod.Name}", Replacements = 1 } : pod)],
    };

    /// <summary>When something is done.</summary>
    public enum Moment
    {
        /// <summary>Its activity runs, and has done nothing yet.</summary>
        Before,

        /// <summary>It is done, and nobody has been told.</summary>
        After,
    }
}
