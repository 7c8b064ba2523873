using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Confluent;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Tests.Confluent;

[Collection(KubeLabCollection.Name)]
[Trait("Category", "Lab")]
public sealed class ReadConfluentClusterTests(KubeLab lab) : BoundedTest
{
    private static readonly ResourceType Kafkas = new("platform.confluent.io", "v1beta1", "kafkas", true);
    private static readonly ResourceType KRaftControllers = new("platform.confluent.io", "v1beta1", "kraftcontrollers", true);

    [LabFact]
    public async Task Read_AClusterThatRuns_TellsResourcesPodsAndNode()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        JsonObject kafka = await CreateAsync(Kafkas, space, Objects.Kafka("kafka", 2, "kraft"), "kafka", KubeLab.Node);
        await CreateAsync(KRaftControllers, space, Objects.Controllers("kraft", 1), "kraftcontroller", KubeLab.Node);
        await WriteStatusAsync(Kafkas, space, "kafka", $$"""
            {"phase": "RUNNING", "observedGeneration": 1, "brokerIdOffset": 10,
             "conditions": [{"type": "platform.confluent.io/cluster-ready", "status": "True"}]}
            """);
        await WriteStatusAsync(
            KRaftControllers, space, "kraft",
            """{"controllerQuorumVoters": [{"nodeId": 9990, "brokerEndpoint": "kraft-0:9074"}]}""");
        await ReadyAsync(space, "kafka", 2);
        await ReadyAsync(space, "kraft", 1);

        ConfluentClusterSnapshot snapshot = await ReadAsync(space);

        ComponentSnapshot brokers = snapshot.Kafka!;
        Assert.Equal(
            ($"kafkas.platform.confluent.io {space}/kafka", kafka.Uid(), 1, 1, "RUNNING", "True", 2, 2),
            (
                brokers.Reference.ToString(),
                brokers.Reference.Uid,
                brokers.Generation,
                brokers.ObservedGeneration,
                brokers.Phase,
                brokers.ClusterReady,
                brokers.Replicas,
                brokers.ReadyReplicas));
        Assert.Equal([10, 11], brokers.NodeIds);
        Assert.Equal(
            [
                ("kafka-0", 0, "Running", true, KubeLab.Node, brokers.StatefulSet!.UpdateRevision),
                ("kafka-1", 1, "Running", true, KubeLab.Node, brokers.StatefulSet.UpdateRevision),
            ],
            brokers.Pods.Select(pod => (pod.Name, pod.Ordinal, pod.Phase, pod.Ready, pod.Node!, pod.Revision!)));
        Assert.Equal((9990, "kraft-0"), (Assert.Single(snapshot.Controllers!.NodeIds), Assert.Single(snapshot.Controllers.Pods).Name));
        Assert.Equal([new NodeSnapshot(KubeLab.Node, Ready: true, Cordoned: false)], snapshot.Nodes);
        Assert.Equal(
            (true, false, null, 0), (snapshot.NamespaceFound, snapshot.NamespaceTerminating, snapshot.Operator, snapshot.NearNames.Count));
    }

    [LabFact]
    public async Task Read_PodsThatFindNoNode_TellsWhatTheSchedulerSays()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        await CreateAsync(Kafkas, space, Objects.Kafka("kafka", 1), "kafka", "no-such-node");
        await lab.WaitAsync(ResourceType.Pods, space, "kafka-0", pod => pod["status"]?["conditions"] is not null, Limit);

        PodSnapshot pod = Assert.Single((await ReadAsync(space)).Kafka!.Pods);

        Assert.Equal(("Pending", false, null), (pod.Phase, pod.Ready, pod.Node));
        Assert.StartsWith("0/1 nodes are available", pod.Unschedulable, StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Read_AnnotationsThatHoldTheOperator_TellsWhoSetThemAndWhen()
    {
        DateTimeOffset before = DateTimeOffset.UtcNow;
        string space = await lab.NewNamespaceAsync(Limit);
        await CreateAsync(Kafkas, space, Objects.Kafka("kafka", 1), "kafka", KubeLab.Node);
        using IKubernetes somebody = (Kubeconfig.Load(lab.Lab.Kubeconfig, null) with { FieldManager = "somebody" })
            .Open(TimeProvider.System);
        await somebody.MergePatchAsync(
            Kafkas,
            space,
            "kafka",
            Objects.Parse("""{"metadata": {"annotations": {"platform.confluent.io/block-reconcile": "true"} } }"""),
            null,
            Limit);

        OperatorHold hold = Assert.Single((await ReadAsync(space)).Kafka!.Holds);

        Assert.Equal(("platform.confluent.io/block-reconcile", "true", "somebody"), (hold.Annotation, hold.Value, hold.SetBy));
        Assert.InRange(hold.Since!.Value, before.AddSeconds(-1), DateTimeOffset.UtcNow);
    }

    [LabFact]
    public async Task Read_ANameThatDoesNotExist_TellsTheNearestOnes()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        foreach (string name in (string[])["payments", "kafka-blue", "kafka2", "kafkb", "k", "zookeeper", "orders"])
        {
            await lab.Admin.CreateAsync(Kafkas, space, Objects.Kafka(name, 1), Limit);
        }

        ConfluentClusterSnapshot snapshot = await ReadAsync(space);

        Assert.Null(snapshot.Kafka);
        Assert.Equal(["kafka2", "kafkb", "k", "kafka-blue", "orders"], snapshot.NearNames);
    }

    [LabFact]
    public async Task Read_ANamespaceThatDoesNotExist_SaysSo()
    {
        ConfluentClusterSnapshot snapshot = await ReadAsync("nowhere");

        Assert.Equal((false, null, null), (snapshot.NamespaceFound, snapshot.Kafka, snapshot.Operator));
    }

    [LabFact]
    public async Task Read_AnOperatorInAnotherNamespace_IsFoundOnlyOnceItIsAvailable()
    {
        string space = await lab.NewNamespaceAsync(Limit);
        string elsewhere = await lab.NewNamespaceAsync(Limit);
        JsonObject stopped = Objects.Operator("confluent-operator");
        stopped["spec"]!["replicas"] = 0;
        await lab.Admin.CreateAsync(ResourceType.Deployments, elsewhere, stopped, Limit);
        OperatorSnapshot? before = (await ReadAsync(space)).Operator;
        await lab.Admin.MergePatchAsync(
            ResourceType.Deployments,
            elsewhere,
            "confluent-operator",
            Objects.Parse("""{"spec": {"replicas": 1} }"""),
            null,
            Limit);
        await lab.WaitAsync(
            ResourceType.Deployments, elsewhere, "confluent-operator", seen => (int?)seen["status"]?["availableReplicas"] == 1, Limit);

        OperatorSnapshot? after = (await ReadAsync(space)).Operator;
        await lab.Admin.DeleteAsync(ResourceType.Deployments, elsewhere, "confluent-operator", null, Limit);

        Assert.Equal((null, new OperatorSnapshot(elsewhere, "confluent-operator", 1)), (before, after));
    }

    private async Task<JsonObject> CreateAsync(ResourceType type, string space, JsonObject resource, string podType, string node)
    {
        JsonObject created = await lab.Admin.CreateAsync(type, space, resource, Limit);
        int replicas = (int)created["spec"]!["replicas"]!;
        await lab.Admin.CreateAsync(ResourceType.StatefulSets, space, Objects.StatefulSet(created.Name(), podType, replicas, node), Limit);
        return created;
    }

    private Task WriteStatusAsync(ResourceType type, string space, string name, string status) =>
        lab.Admin.MergePatchAsync(type, space, name, Objects.Parse($$"""{"status": {{status}} }"""), "status", Limit);

    private Task ReadyAsync(string space, string name, int replicas) =>
        lab.WaitAsync(ResourceType.StatefulSets, space, name, set => (int?)set["status"]?["readyReplicas"] == replicas, Limit);

    private Task<ConfluentClusterSnapshot> ReadAsync(string space) =>
        lab.Services.GetRequiredService<ConfluentActivities>().ReadClusterAsync(new(KubeLab.Target(space), "kafka")).WaitAsync(Limit);
}
