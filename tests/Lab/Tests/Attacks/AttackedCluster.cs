using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>What an attacker would change, and whether it is as it was.</summary>
internal sealed class AttackedCluster
{
    private const string Bystander = "bystander";
    private const string ForeignNamespace = "default";

    private readonly LabCluster _cluster;
    private readonly JsonObject _kafka;
    private readonly JsonObject _pod;
    private readonly string _bystanderUid;

    private AttackedCluster(LabCluster cluster, string uid, JsonObject kafka, JsonObject pod, string bystander)
    {
        _cluster = cluster;
        Uid = uid;
        _kafka = kafka;
        _pod = pod;
        _bystanderUid = bystander;
    }

    /// <summary>UID of the namespace <c>kube-system</c>.</summary>
    public string Uid { get; }

    public static ChangeTarget Target { get; } = new("lab", LabCluster.Namespace);

    /// <summary>Who asks, in every run of an attacker.</summary>
    public static ChangeRequest Change { get; } =
        new() { Mode = ChangeMode.Execute, Reason = "nothing to see here", Actor = "unverified:mallory" };

    /// <summary>The guard that a roll would hold.</summary>
    public string Guard => GuardId.OfObject(Uid, LabCluster.Namespace, LabCluster.Kafka);

    private ObjectReference Kafka =>
        new("platform.confluent.io", "v1beta1", "kafkas", LabCluster.Namespace, LabCluster.Kafka, _kafka.Uid());

    private PointerChange Trigger =>
        new(RollNames.TriggerPointer, (string?)_kafka["spec"]?["podTemplate"]?["annotations"]?["kafkacluster-manual-roll"], "mallory");

    /// <summary>Looks at the cluster, and puts a ConfigMap into another namespace.</summary>
    public static async Task<AttackedCluster> OpenAsync(LabCluster cluster)
    {
        CancellationToken none = CancellationToken.None;
        JsonObject map = new() { ["metadata"] = new JsonObject { ["name"] = Bystander } };
        JsonObject bystander = await cluster.Kubernetes.FindAsync(ResourceType.ConfigMaps, ForeignNamespace, Bystander, none)
            ?? await cluster.Kubernetes.CreateAsync(ResourceType.ConfigMaps, ForeignNamespace, map, none);
        return new(
            cluster,
            (await cluster.Kubernetes.GetAsync(ResourceType.Namespaces, null, "kube-system", none)).Uid(),
            await cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, none),
            await cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, $"{LabCluster.Kafka}-0", none),
            bystander.Uid());
    }

    /// <summary>One call of each activity that writes, on what is worth it.</summary>
    /// <param name="fences">The tokens that it claims.</param>
    /// <param name="warrants">Whether each brings a warrant from a plan that the attacker made.</param>
    public IReadOnlyList<RogueCall> Calls(IReadOnlyList<Fence> fences, bool warrants)
    {
        PlanTree plan = new(Plan());
        Warrant? Of(string step) => warrants ? plan.Warrant(step) : null;
        return
        [
            RogueCall.Of("EvictPod", new EvictPodInput(Target, _pod.Name(), _pod.Uid(), fences) { Warrant = Of("evict") }),
            RogueCall.Of("DeleteObject", new DeleteObjectInput(Target, Foreign(), fences) { Warrant = Of("delete") }),
            RogueCall.Of("PatchObject", new PatchObjectInput(Target, Kafka, [Trigger], fences) { Warrant = Of("trigger") }),
            RogueCall.Of(
                "ElectPreferredLeaders",
                new ElectPreferredLeadersInput(Target, LabCluster.Kafka, fences) { Warrant = Of(KafkaActs.ElectStep) }),
            RogueCall.Of(
                "RunKafkaCanary",
                new RunKafkaCanaryInput(Target, LabCluster.Kafka, fences) { Warrant = Of(KafkaActs.CanaryStep) }),
        ];
    }

    /// <summary>A patch under a warrant for an eviction: an item of the plan, and another act.</summary>
    public RogueCall OtherThanItsItem(IReadOnlyList<Fence> fences) => RogueCall.Of(
        "PatchObject", new PatchObjectInput(Target, Kafka, [Trigger], fences) { Warrant = new PlanTree(Plan()).Warrant("evict") });

    /// <summary>The writes of the frame, for somebody else.</summary>
    public IReadOnlyList<RogueCall> OfTheFrame()
    {
        LockHolder victim = new(
            "roll-kafka-cluster/lab/confluent/CHG-20261121-AAAAAA", "run", "CHG-20261121-AAAAAA",
            RollKafkaClusterWorkflow.Type, "unverified:alice");
        LockPlace place = new(Target, Uid);
        return
        [
            RogueCall.Of("RaiseFence", new RaiseFenceInput([place], Guard, 1000, "mallory", victim)),
            RogueCall.Of(
                "AcquireLocks",
                new AcquireLocksInput(
                    victim, [place], [new LockNeed(Guard, LockMode.Exclusive)], LockPriority.Normal, TimeSpan.FromMinutes(1))),
            RogueCall.Of("ReleaseLocks", new ReleaseLocksInput(victim, [Guard])),
        ];
    }

    /// <summary>Makes sure that nothing of it has changed.</summary>
    public async Task AssertUntouchedAsync()
    {
        CancellationToken none = CancellationToken.None;
        JsonObject kafka = await _cluster.Kubernetes.GetAsync(ConfluentResources.Kafkas, LabCluster.Namespace, LabCluster.Kafka, none);
        JsonObject pod = await _cluster.Kubernetes.GetAsync(ResourceType.Pods, LabCluster.Namespace, _pod.Name(), none);
        JsonObject bystander = await _cluster.Kubernetes.GetAsync(ResourceType.ConfigMaps, ForeignNamespace, Bystander, none);
        Assert.Equal(_kafka.Generation(), kafka.Generation());
        Assert.Equal(_pod.Uid(), pod.Uid());
        Assert.Null(pod.DeletedAt());
        Assert.Equal(_bystanderUid, bystander.Uid());
        Assert.Empty(_cluster.Pods.Deletions);
    }

    private ObjectReference Foreign() => new("", "v1", "configmaps", ForeignNamespace, Bystander, _bystanderUid);

    private Plan Plan() => new(
        RollKafkaClusterWorkflow.Type,
        1,
        Target,
        Uid,
        "inputs",
        [
            new(1, "evict", PlanAction.Evict, new("kubernetes", "pods", LabCluster.Namespace, _pod.Name(), _pod.Uid()), [], UndoKind.None),
            new(2, "delete", PlanAction.Delete, Foreign().Planned(), [], UndoKind.None),
            new(
                3, "trigger", PlanAction.Update, Kafka.Planned(),
                [new("trigger", Trigger.Before, Trigger.After, "why") { Pointer = Trigger.Pointer }], UndoKind.None),
        ],
        [],
        new(TimeSpan.Zero, TimeSpan.Zero),
        [])
    {
        Contingent =
        [
            KafkaActs.Election(LabCluster.Namespace, LabCluster.Kafka, null),
            KafkaActs.Trial(LabCluster.Namespace, LabCluster.Kafka, null),
        ],
    };
}
