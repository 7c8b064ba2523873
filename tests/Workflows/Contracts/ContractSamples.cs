using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Quotas;
using Orchestrator.Workflows.Tests.ChangeControl.Planning;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Workflows.Tests.Contracts;

/// <summary>One value of each record that crosses a boundary, with every member filled in.</summary>
internal static class ContractSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly Refusal Refusal = new("CODE", RefusalSeverity.Unknown, "Sentence.", "object", "observed", "limit", "resolve");
    private static readonly FieldChange Field = new("spec.x", "old", "new", "why") { Pointer = "/spec/x" };
    private static readonly LockPlace Place = new(Target, "cluster-uid");
    private static readonly IReadOnlyList<Fence> Fences = [new("cluster/cluster-uid", 7)];

    private static readonly Plan Plan = SamplePlan.Plan with
    {
        Items = [SamplePlan.Trigger with { Changes = [Field], Action = PlanAction.Commit }],
        Contingent = [KafkaActs.Election("confluent", "kafka", "kafka-id")],
        BlastRadius = new BlastRadius(["node-1"], ["confluent"], ["kafkas.platform.confluent.io confluent/kafka"]),
        Estimate = new PlanEstimate(TimeSpan.FromMinutes(12.5), TimeSpan.FromDays(1)),
        Warnings = [Refusal],
    };

    private static readonly Warrant Warrant = new PlanTree(Plan).Warrant(SamplePlan.Trigger.Step)! with { Undoes = true };

    private static readonly ApprovalStatus Approval = new(
        ApprovalDecision.Granted,
        "hash",
        [new CastVote("unverified:bob", "peer", VoteDecision.Approve, "comment", At)],
        [new ApprovalRequirement("cab", 2)],
        At,
        "Sentence.")
    {
        Revoked = [new CastVote("unverified:carol", "cab", VoteDecision.Approve, "comment", At)],
    };

    private static readonly NotificationEvent Notice =
        new("gate.waiting", NotificationSeverity.Page, "CHG-20261121-ABCDEF/gate.waiting/1", "Title", "Sentence.")
        {
            Team = "payments", Target = "lab", ChangeId = "CHG-20261121-ABCDEF", Incident = "CHG-20261121-ABCDEF", IsOver = true,
            Route = "chat", Link = "https://example.com",
        };

    private static readonly VoterRoles Voters = new(["peer"], [new("bob", ["cab"])]);

    private static readonly TaskAnswer TaskAnswer =
        new("unverified:bob", new Dictionary<string, string> { ["moved"] = "yes" }, "comment");

    private static readonly PersonTask PersonTask = new(
        "Title", "Question.", "team-lead",
        [new TaskField("zone", TaskFieldKind.Choice, "The zone.") { IsRequired = false, Choices = ["inside"] }], TimeSpan.FromHours(2))
    {
        RequesterMayAnswer = false,
    };

    private static readonly ChangePolicy Policy =
        new(
            "laptop",
            AllowUnverifiedActors: true,
            [
                new TierPolicy(ChangeTier.T2, [new("peer", 1)], TimeSpan.FromHours(72))
                {
                    SoakFor = TimeSpan.FromMinutes(15), UndoWithin = TimeSpan.FromMinutes(15),
                },
            ],
            Voters)
        {
            Notifies = true,
            TicketPattern = "[A-Z]+-[0-9]+",
        };

    private static readonly AuditEvent Audit = new(
        1,
        "CHG-20261121-ABCDEF",
        3,
        "2026-11-21T12:00:00.123Z",
        AuditTypes.StepFailed,
        "system",
        "RollKafkaCluster",
        ChangeTier.T2,
        "lab/confluent",
        "INC-1",
        "step",
        2,
        "plan",
        "failed",
        "CODE",
        "Sentence.",
        "cluster/lab",
        7,
        "workflow-id",
        "run-id",
        AuditChain.Genesis,
        "hash");

    private static readonly LockGrant Grant = new("cluster/lab/confluent/kafka", LockMode.Exclusive, 7, At);
    private static readonly LockHolder Holder = new("workflow-id", "run-id", "CHG-20261121-ABCDEF", "RollKafkaCluster", "unverified:alice");
    private static readonly LockRequest Lock =
        new(Holder, [Place], LockMode.Exclusive, LockPriority.Emergency, TimeSpan.FromMinutes(12.5)) { Set = ["cluster/lab"] };
    private static readonly LockHold Hold =
        new(Holder, LockMode.Exclusive, 7, At, At, new LockOrphan("Terminated", At, ["step: undo"]))
        {
            Places = [Place],
            Set = ["cluster/lab"],
        };
    private static readonly BreakLock Break = new("unverified:carol", "the holder is gone", "INC-1");

    private static readonly ChangeStatus Status = new(
        "CHG-20261121-ABCDEF",
        "RollKafkaCluster",
        Target,
        ChangeState.UndoIncomplete,
        ChangeClass.Security,
        ChangeTier.T3,
        "unverified:alice",
        "reason",
        At,
        "Sentence.",
        Plan,
        "hash",
        [Refusal],
        "approval-id",
        Approval,
        [new StepStatus("step", StepState.Done, At, At, "detail")],
        [new JournalEntry("step", "undo", JournalState.UndoFailed, "detail")],
        new ChangeFailure("step", "CODE", "Sentence."),
        [new ChildRun("child-id", "SuperviseCrRoll")],
        [Grant],
        new EvidenceReference("/evidence/CHG-20261121-ABCDEF", "hash", 12));

    private static readonly GuardStatus Guard = new(
        "cluster/lab/confluent/kafka",
        GuardCondition.Orphaned,
        7,
        [Hold],
        [new LockWaiter(Lock, At)],
        At,
        new PendingBreak(Break, At),
        new LockBreak(Break, "unverified:dana", [Holder], 7, At) { Left = ["step: undo"] },
        "Sentence.")
    {
        KnownAs = ["lab/confluent"],
    };

    private static readonly RollLimits Limits = new()
    {
        StallAfter = TimeSpan.FromMinutes(1),
        PodCap = TimeSpan.FromHours(3),
        SyncCap = TimeSpan.FromDays(1.5),
        PickUpWithin = TimeSpan.FromSeconds(90),
        BreachAfter = TimeSpan.FromSeconds(5),
        PollEvery = TimeSpan.FromMilliseconds(1500),
        SteadySamples = 7,
        SteadyEvery = TimeSpan.FromSeconds(9),
    };

    private static readonly RollProgress Progress = new()
    {
        TriggeredAt = At,
        TriggerGeneration = 5,
        BaselineRevision = "r1",
        Pods = [new PodRoll("kafka-2", "old", "new", At, At.AddSeconds(1), At.AddSeconds(2), 2) { SeenUid = "new" }],
        Waiting = 3,
        Through = 4,
        RestartedBefore = 2,
        Key = "run/1",
        KeyBefore = "run/0",
        IsTakenBack = true,
        ReadAt = At,
        UnreadSince = At,
        IsUnreadTold = true,
        NewRevision = "r2",
        MilestoneAt = At,
        MovedAt = At,
        SeenStates = ["state"],
        LowestRemainingSegments = 40,
        LowestUnderReplicated = 3,
        DangerSince = At,
        SteadySamples = 1,
        SteadyAt = At,
        Sentence = "Sentence.",
        Facts = new RollFacts(At, 50, 3, 1, 2, 9990, 3, 2, 4),
    };

    private static readonly RollReport Report = new(RollMilestone.InSync, "Sentence.", Progress)
    {
        SeenAlerts = new AlertWatch(Plan.BlastRadius, ["fingerprint"], UnreadIsKnown: true) { KnownUntil = At },
    };

    private static readonly ComponentSnapshot Component = WholeConfluent.Kafka with
    {
        ManualRoll = "key",
        Holds = [new OperatorHold("annotation", "true", "kubectl", At, "CHG-20261121-ABCDEF")],
        Pods = [WholeConfluent.Kafka.Pods[0] with { WaitingReason = "waits", Unschedulable = "why", CreatedAt = At, ReadySince = At }],
        Quotas = new QuotaReading([new QuotaSnapshot("quota", "requests.cpu", 4.5m, 2, 0.5m, "kafka-0")], "reason"),
        Troubles = ["FailedCreate: exceeded quota"],
        GitOwner = new GitOwner("Argo CD", "applications.argoproj.io argocd/kafka", SelfHeals: true, "label"),
    };

    private static readonly KafkaSnapshot Kafka = WholeKafka.Snapshot.Exposing(WholeKafka.Orders(5, 0, [0]) with { Eligible = [1] }) with
    {
        Brokers = [new BrokerSnapshot(2, 1, 2, 2, 40, Registered: false, RemainingLogs: 3, OfflineLogDirs: 1)],
        Quorum = new QuorumSnapshot(9990, 7,
            [WholeKafka.Voter(9990) with { CaughtUp = false, Unread = "reason", BehindFor = TimeSpan.FromSeconds(3) }])
        {
            ActiveControllers = [9990],
        },
        ClusterId = "kafka-id",
        ThrottledTopics = ["orders"],
        ThrottledTotal = 1,
        TopicsWithoutSpareTotal = 1,
        Disks = [new DiskSnapshot(2, "/var/lib/kafka/data", 100, 40)],
        TopicsWithoutSpare = [new TopicWithoutSpare("audit", 1, 1)],
        Unreadable = [new UnreadableSource("source", "reason", "Describe on the cluster")],
    };

    /// <summary>A request with every member filled in.</summary>
    public static ChangeRequest Request { get; } = new()
    {
        RequestId = "request",
        Reason = "monthly restart",
        Class = ChangeClass.Remediation,
        Mode = ChangeMode.Execute,
        TierAtLeast = ChangeTier.T3,
        Git = new GitReference("repo", "sha", "pr"),
        Ticket = "OPS-1",
        IncidentId = "INC-1",
        NotBefore = At,
        Deadline = At,
        WindowId = "window",
        WaitForGates = true,
        OnFailure = OnFailure.Leave,
        ExpectedPlanHash = "hash",
        Actor = "unverified:alice",
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new RollKafkaClusterInput
        {
            Target = Target,
            Change = Request,
            Name = "other",
            Component = RollComponent.Both,
            Cooldown = TimeSpan.FromSeconds(45),
            AcceptUnavailable = ["orders"],
            AcceptQuorumLoss = true,
            Canary = false,
            Limits = Limits,
        },
        new RollKafkaClusterResult(new ChangeOutcome(Status, NothingToDo: true), Progress.Pods),
        Status,
        new ApproveChangeInput(
            "CHG-20261121-ABCDEF",
            Plan,
            "hash",
            "unverified:alice",
            "reason",
            [new ApprovalRequirement("peer", 1)],
            Voters,
            TimeSpan.FromHours(72),
            AllowUnverifiedVotes: true,
            ChangeTier.T3)
        {
            Step = "step",
            Notifies = true,
        },
        new NotifyInput(Notice, ["chat"]),
        new NotifyResult([new NotificationDelivery("chat", "slack", ["mail answered 550."])]),
        Approval,
        new Vote("hash", VoteDecision.Reject, "unverified:bob", "comment", "peer"),
        new SuperviseCrRollInput(Target, "kafka", RollComponent.Controllers, "resource", Progress, ["orders"], Limits)
        {
            Alerts = new AlertWatch(Plan.BlastRadius, ["fingerprint"], UnreadIsKnown: true) { KnownUntil = At },
        },
        new ReadAlertsInput(Target, Plan.BlastRadius),
        new AlertReading([new CriticalAlert("fingerprint", "KafkaOffline", "confluent", At, "Summary.")], "reason") { Total = 2 },
        new WatchRollInput(Target, "kafka", RollComponent.Controllers, Progress, ["orders"], Limits)
        {
            Alerts = new AlertWatch(Plan.BlastRadius, ["fingerprint"], UnreadIsKnown: true) { KnownUntil = At },
        },
        Report,
        new RollStatus("resource", "Sentence.", Blocked: true, Progress.Pods, Progress.Facts) { Through = 4, Waiting = 3 },
        new ResolveTargetInput(Target, [new AccessRight("create", "apps", "pods", "eviction", "confluent")]),
        Policy,
        new ResolvedTarget(
            Target,
            "cluster-uid",
            Policy,
            [Refusal])
        {
            HasAlerts = true,
        },
        new ReadConfluentClusterInput(Target, "kafka") { WithKafka = true, Samples = 3, Every = TimeSpan.FromSeconds(20) },
        WholeConfluent.Cluster with
        {
            Kafka = Component,
            Controllers = Component,
            NearNames = ["kafka2"],
            KafkaState = Kafka,
            KafkaClusterIds = [new KafkaClusterId("the inventory", "kafka-id")],
        },
        new TakeKafkaSnapshotInput(Target, "kafka"),
        Kafka,
        new RestartKafkaBrokerInput
        {
            Target = Target,
            Change = Request,
            Broker = 2,
            Pod = "kafka-2",
            Repair = true,
            AcceptUnavailable = ["orders"],
            Limits = Limits,
        },
        new RestartKafkaBrokerResult(new ChangeOutcome(Status), Progress.Pods[0]),
        new EvictPodInput(Target, "kafka-2", "uid", Fences) { Audit = [Audit], Warrant = Warrant },
        new EvictPodResult(Gone: false, "budget"),
        new DeleteObjectInput(Target, Component.Reference, Fences) { Audit = [Audit], Warrant = Warrant },
        new DeleteObjectResult(Deleted: true),
        new ElectPreferredLeadersInput(Target, "kafka", Fences) { Audit = [Audit], Warrant = Warrant },
        new ElectPreferredLeadersResult(12),
        new RunKafkaCanaryInput(Target, "kafka", Fences) { Audit = [Audit], Warrant = Warrant },
        new KafkaCanaryResult("canary", [new CanaryRecord(2, 7, TimeSpan.FromMilliseconds(12), TimeSpan.FromMilliseconds(20))], "reason"),
        new PatchObjectInput(Target, Component.Reference, [new PointerChange("/spec/x", "old", "new")], Fences)
        {
            Mark = new OwnerMark("/spec/y", "owner", TakesBack: true),
            Audit = [Audit],
            Warrant = Warrant,
        },
        new PatchObjectResult(Changed: true, Generation: 5),
        new EvidenceReference("/evidence/CHG-20261121-ABCDEF", "hash", 12),
        new WriteEvidenceInput("CHG-20261121-ABCDEF", [new EvidenceDocument("plan.json", "{}")], [Audit], ["workflow-id"]),
        new ControlRequest("unverified:carol", "month-end closing runs")
        {
            Step = "step", EditedInput = System.Text.Json.JsonDocument.Parse("{}").RootElement,
        },
        new RevokedVote("hash", "unverified:bob", "comment"),
        new ControlAnswer(ChangeState.Running, "Sentence."),
        Lock,
        Holder,
        new LockAnswer(Grant, "Sentence."),
        new LockRevocation("cluster/lab", 7, "Sentence."),
        Grant,
        Break,
        Guard,
        new GuardInput("cluster/lab", 7, [Hold], [new LockWaiter(Lock, At)], At, Guard.LastBreak)
        {
            PendingBreak = new PendingBreak(Break, At),
            KnownAs = ["lab/confluent"],
        },
        new AcquireLocksInput(
            Holder, [Place], [new LockNeed("cluster/lab", LockMode.Shared)], LockPriority.Emergency, TimeSpan.FromMinutes(12.5))
        {
            Audit = [Audit],
        },
        new AcquiredLocks([Grant], "cluster/lab/confluent/kafka", "Sentence."),
        new ReleaseLocksInput(Holder, ["cluster/lab"]) { Audit = [Audit] },
        new RaiseFenceInput([Place], "cluster/lab", 6, "CHG-20261121-ABCDEF", Holder),
        new RaisedFence(7),
        new WatchHoldersInput([Holder]) { KnownToHaveEnded = [Holder] },
        new EndedHolder(Holder, "Terminated", ["step: undo"]),
        TaskAnswer,
        new PersonTaskStatus(
            "CHG-20261121-ABCDEF", Target, PersonTask, PersonTaskState.Answered, At, "Sentence.", TaskAnswer, At),
        new AskPersonInput(
            "CHG-20261121-ABCDEF", Target, PersonTask, "unverified:alice", Voters, AllowUnverifiedActors: true, Notifies: true),
        .. AssessmentSamples.All,
    ];
}
