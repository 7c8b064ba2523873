using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Tests.ChangeControl.Planning;

namespace Orchestrator.Workflows.Tests.ChangeControl.Trust;

/// <summary>An act is allowed as its item says, to the letter, and in no other way.</summary>
public sealed class WarrantRulesTests
{
    private const string Change = "CHG-20261121-ABCD-EFGH-JKMN-PQRS";

    private static readonly CallingRun Run = new($"roll/lab/{Change}", "run-1", "RollKafkaCluster", IsProcedure: true);
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly ObjectReference Kafka = new("platform.confluent.io", "v1beta1", "kafkas", "confluent", "kafka", "uid-1");
    private static readonly Fence[] Fences =
        [new("cluster/cluster-uid", 0, LockMode.Shared), new("cluster/cluster-uid/confluent/kafka", 3)];

    private static readonly PlanItem Trigger = SamplePlan.Trigger with
    {
        Changes = [new FieldChange("spec.x", "old", "{workflowId}/1", "why") { Pointer = "/spec/x" }],
    };

    private static readonly PlanItem Evict = new(
        2, "remove", PlanAction.Evict, new("kubernetes", "pods", "confluent", "kafka-2", "uid-2"),
        [new("metadata.uid", "uid-2", "(new)", "why")], UndoKind.None);

    private static readonly Plan Plan = SamplePlan.Plan with
    {
        Items = [Trigger, Evict],
        Contingent = [.. RollContingents.Of([(RollComponent.Brokers, Kafka)], "kafka", "kafka-id", canary: true)],
    };

    private static readonly PlanTree Tree = new(Plan);
    private static readonly PointerChange Planned = new("/spec/x", "old", $"roll/lab/{Change}/1");

    private static PatchObjectInput Patch => new(Target, Kafka, [Planned], Fences) { Warrant = Tree.Warrant(Trigger.Step) };

    private static EvictPodInput Removal => new(Target, "kafka-2", "uid-2", Fences) { Warrant = Tree.Warrant("remove") };

    private static PatchObjectInput Hold => new(Target, Kafka, [new PointerChange(RollNames.HoldPointer, null, "true")], Fences)
    {
        Mark = new OwnerMark(RollNames.HoldOwnerPointer, Change),
        Warrant = Tree.Warrant(RollNames.HoldStep(RollComponent.Brokers)),
    };

    private static PatchObjectInput LetGo => Hold with
    {
        Changes = [new PointerChange(RollNames.HoldPointer, "true", null)],
        Mark = new OwnerMark(RollNames.HoldOwnerPointer, Change, TakesBack: true),
        Warrant = Tree.Warrant(RollNames.LetGoStep(RollComponent.Brokers)),
    };

    private static PatchObjectInput Undo => LetGo with { Warrant = Hold.Warrant! with { Undoes = true } };

    /// <summary>The acts of the plan.</summary>
    public static TheoryData<string, IWarrantedAct> Allowed => new()
    {
        { "an item", Patch },
        { "an eviction", Removal },
        { "a hold", Hold },
        { "the release of a hold", LetGo },
        { "the undo of a hold", Undo },
        { "an election", new ElectPreferredLeadersInput(Target, "kafka", Fences) { Warrant = Tree.Warrant(KafkaActs.ElectStep) } },
        { "a canary", new RunKafkaCanaryInput(Target, "kafka", Fences) { Warrant = Tree.Warrant(KafkaActs.CanaryStep) } },
    };

    /// <summary>What the plan does not say, with a part of the sentence.</summary>
    public static TheoryData<string, IWarrantedAct> Refused => new()
    {
        { "has no warrant", Patch with { Warrant = null } },
        { "no fencing token", Patch with { Fences = [] } },
        { "no fencing token", Patch with { Fences = null } },
        { "only as a shared lock", Patch with { Fences = [Fences[0]] } },
        { "is not a lock of cluster", Patch with { Fences = [new("cluster/other-uid/confluent/kafka", 3)] } },
        { "acts on", Patch with { Object = Kafka with { Name = "kafka2" } } },
        { "acts on", Patch with { Object = Kafka with { Namespace = "other" } } },
        { "acts on", Patch with { Object = Kafka with { Plural = "kraftcontrollers" } } },
        { "acts on", Patch with { Object = Kafka with { Uid = "uid-9" } } },
        { "acts on", Patch with { Object = Kafka with { Uid = null } } },
        { "from 'old' to 'other'", Patch with { Changes = [Planned with { After = "other" }] } },
        { "from 'other' to 'roll/lab/", Patch with { Changes = [Planned with { Before = "other" }] } },
        { "/spec/y", Patch with { Changes = [Planned, new("/spec/y", null, "z")] } },
        { "/spec/x.y", Patch with { Changes = [Planned with { Pointer = "/spec/x.y" }] } },
        { "does not change /spec/x", Patch with { Changes = [] } },
        { "twice", Patch with { Changes = [Planned, Planned] } },
        { "/metadata/annotations/a", Patch with { Mark = new OwnerMark("/metadata/annotations/a", "b") } },
        { "is Delete, but", new DeleteObjectInput(Target, Kafka, Fences) { Warrant = Patch.Warrant } },
        {
            "is Delete, but",
            new DeleteObjectInput(Target, new ObjectReference("", "v1", "pods", "confluent", "kafka-2", "uid-2"), Fences)
            {
                Warrant = Removal.Warrant,
            }
        },
        { "acts on", Removal with { Pod = "kafka-1" } },
        { "acts on", Removal with { Uid = "uid-1" } },
        { "acts on", Removal with { Target = new ChangeTarget("lab", "other") } },
        {
            "The plan does not change /metadata/annotations/orchestrator.internal~1held-by of kafkas.platform.confluent.io",
            Hold with { Mark = new OwnerMark(RollNames.HoldOwnerPointer, "CHG-OTHER") }
        },
        { "It does not change /metadata/annotations/orchestrator.internal~1held-by", Hold with { Mark = null } },
        { "has no undo", Patch with { Changes = [new("/spec/x", Planned.After, "old")], Warrant = Patch.Warrant! with { Undoes = true } } },
        { "has no undo", Removal with { Warrant = Removal.Warrant! with { Undoes = true } } },
        { "from absent to 'true'", Undo with { Changes = Hold.Changes, Mark = Hold.Mark } },
        { "acts on", new ElectPreferredLeadersInput(Target, "kafka2", Fences) { Warrant = Tree.Warrant(KafkaActs.ElectStep) } },
        { "acts on", new RunKafkaCanaryInput(Target, "kafka", Fences) { Warrant = Tree.Warrant(KafkaActs.ElectStep) } },
        { "its path does not lead to the root hash", Patch with { Warrant = Patch.Warrant! with { Count = 1 } } },
    };

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Act_OfThePlan_IsAllowed(string what, IWarrantedAct act) =>
        Assert.True(WarrantRules.Refuse(act, Run) is null, $"{what}: {WarrantRules.Refuse(act, Run)}");

    [Theory]
    [MemberData(nameof(Refused))]
    public void Act_ThatThePlanDoesNotHave_IsRefused(string why, IWarrantedAct act) =>
        Assert.Contains(why, WarrantRules.Refuse(act, Run), StringComparison.Ordinal);

    [Theory]
    [InlineData("RestartKafkaBroker", true)]
    [InlineData("RollKafkaCluster", false)]
    public void Act_OfAnotherTypeOrOfNoProcedure_IsRefused(string type, bool isProcedure) =>
        Assert.NotNull(WarrantRules.Refuse(Patch, Run with { WorkflowType = type, IsProcedure = isProcedure }));

    [Fact]
    public void Act_OfAnotherRun_IsRefusedWhereThePlanNamesTheRun() =>
        Assert.NotNull(WarrantRules.Refuse(Patch, Run with { WorkflowId = "roll/CHG-20261121-OTHERS" }));

    [Fact]
    public void PointOfNoReturn_TakesTheActThatItsObjectAndFieldsName()
    {
        PlanTree tree = new(Plan with { Items = [Trigger with { Action = PlanAction.Commit }] });

        Assert.Null(WarrantRules.Refuse(Patch with { Warrant = tree.Warrant(Trigger.Step) }, Run));
    }

    /// <summary>The frame's own writes are told apart by who calls.</summary>
    public static TheoryData<string, IFrameAct, bool> OfTheFrame
    {
        get
        {
            LockHolder holder = new(Run.WorkflowId, Run.RunId, Change, Run.WorkflowType, "unverified:alice");
            AcquireLocksInput acquire = new(holder, [], [], LockPriority.Normal, TimeSpan.Zero);
            return new()
            {
                { "own locks", acquire, true },
                { "locks of another run", acquire with { Holder = holder with { RunId = "run-2" } }, false },
                { "locks of another workflow", acquire with { Holder = holder with { WorkflowId = "roll/other" } }, false },
                { "giving back own locks", new ReleaseLocksInput(holder, ["cluster/uid"]), true },
                { "giving back another's", new ReleaseLocksInput(holder with { RunId = "run-2" }, ["cluster/uid"]), false },
                { "a token, by a run", new RaiseFenceInput([], "cluster/uid", 0, Change), false },
            };
        }
    }

    [Theory]
    [MemberData(nameof(OfTheFrame))]
    public void Frame_Act_IsAllowedToItsOwnRunAlone(string what, IFrameAct act, bool allowed) =>
        Assert.True(act.Refuse(Run) is null == allowed, what);

    [Theory]
    [InlineData("cluster/uid/confluent/kafka", true)]
    [InlineData("cluster/uid/confluent", false)]
    public void Guard_RaisesItsOwnTokenAlone(string guard, bool allowed)
    {
        CallingRun run = new("cluster/uid/confluent/kafka", "run-1", LockNames.ClusterGuard, IsProcedure: false);

        Assert.Equal(allowed, new RaiseFenceInput([], guard, 0, Change).Refuse(run) is null);
        Assert.NotNull(new RaiseFenceInput([], guard, 0, Change).Refuse(run with { WorkflowType = "Other" }));
    }
}
