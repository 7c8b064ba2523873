using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

[Trait("Category", "Lab")]
[Collection(OperatorBenchCollection.Name)]
public sealed class CfkOperatorTests : IDisposable
{
    private const string SkipPrecheck = """{"metadata":{"annotations":{"platform.confluent.io/roll-precheck":"disable"}}}""";
    private const string Nowhere = """
        {"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":
          {"nodeSelectorTerms":[{"matchExpressions":[{"key":"nobody-has-this","operator":"Exists"}]}]}}}
        """;

    private static readonly TimeSpan LongerThanAStep = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(2));

    public CfkOperatorTests(OperatorBench bench)
    {
        Bench = bench;
        Bench.Operator.Faults = OperatorFaults.None;
    }

    private OperatorBench Bench { get; }

    private CancellationToken Limit => _limit.Token;

    public void Dispose() => _limit.Dispose();

    [LabFact]
    public async Task Kafka_Created_IsReportedRunningWithItsNumbers()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        JsonNode status = (await cluster.KafkaAsync(Limit))["status"]!;

        Assert.Equal(
            ("RUNNING", 1, 3, 3),
            ((string?)status["phase"], (int?)status["observedGeneration"], (int?)status["replicas"], (int?)status["readyReplicas"]));
        Assert.Equal((2, 3, 0), ((int?)status["minISR"], (int?)status["replicationFactor"], (int?)status["brokerIdOffset"]));
        Assert.Equal("True", (string?)status["conditions"]![0]!["status"]);
        Assert.NotNull(await cluster.FindAsync(ResourceType.PodDisruptionBudgets, "kafka", Limit));
        Assert.NotNull(await cluster.FindAsync(ResourceType.Services, "kafka-2-internal", Limit));
        Assert.NotNull(await cluster.FindAsync(ResourceType.ConfigMaps, "kafka-init-config", Limit));
    }

    [LabFact]
    public async Task Kafka_MadeSmaller_KeepsNoServiceOfAPodThatItNoLongerHas()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        await cluster.PatchAsync("""{"spec":{"replicas":2}}""", Limit);
        while (await cluster.FindAsync(ResourceType.Services, "kafka-2-internal", Limit) is not null)
        {
            await Task.Delay(100, Limit);
        }

        Assert.NotNull(await cluster.FindAsync(ResourceType.Services, "kafka-1-internal", Limit));
        Assert.NotNull(await cluster.FindAsync(ResourceType.Services, "kafka", Limit));
        Assert.NotNull(await cluster.FindAsync(ResourceType.Services, "kraftcontroller-2-internal", Limit));
    }

    [LabFact]
    public async Task Kafka_Deleted_TakesItsStatefulSetAlong()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        await cluster.DeleteAsync(ConfluentResources.Kafkas, "kafka", Limit);
        while (await cluster.FindAsync(ResourceType.StatefulSets, "kafka", Limit) is not null)
        {
            await Task.Delay(100, Limit);
        }

        Assert.NotNull(await cluster.FindAsync(ResourceType.StatefulSets, "kraftcontroller", Limit));
    }

    [LabFact]
    public async Task ForceReconcile_Set_IsRemovedAgain()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        await cluster.PatchAsync("""{"metadata":{"annotations":{"platform.confluent.io/force-reconcile":"true"}}}""", Limit);

        await cluster.WaitUntilAsync(kafka => kafka.Annotation(ConfluentAnnotations.ForceReconcile) is null, Limit);
    }

    [LabFact]
    public async Task Roll_WhenNoProcessCanBeRead_WaitsUntilThePrecheckIsDisabled()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        await cluster.RollAsync(Limit);
        await cluster.WaitUntilAsync(kafka => Message(kafka).Contains("Jolokia of pod", StringComparison.Ordinal), Limit);
        Assert.Empty(cluster.Deleted);

        await cluster.PatchAsync(SkipPrecheck, Limit);
        await cluster.WaitUntilRunningAsync(Limit);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], cluster.Deleted);
    }

    [LabFact]
    public async Task Roll_InMaintenanceMode_WaitsUntilTheModeEnds()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);
        await cluster.PatchAsync(SkipPrecheck, Limit);
        await cluster.PatchAsync("""{"metadata":{"annotations":{"platform.confluent.io/maintenance-mode":"kafka-1"}}}""", Limit);

        await cluster.RollAsync(Limit);
        await cluster.WaitUntilAsync(kafka => Message(kafka).Contains("maintenance", StringComparison.Ordinal), Limit);
        await Task.Delay(LongerThanAStep, Limit);
        Assert.Empty(cluster.Deleted);

        await cluster.PatchAsync("""{"metadata":{"annotations":{"platform.confluent.io/maintenance-mode":null}}}""", Limit);
        await cluster.WaitUntilRunningAsync(Limit);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], cluster.Deleted);
    }

    [LabFact]
    public async Task Roll_OfATemplateThatNeverGetsReady_StopsAtTheFirstPodAlsoAfterItIsPutBack()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);
        await cluster.PatchAsync(SkipPrecheck, Limit);

        await cluster.PatchAsync($$"""{"spec":{"podTemplate":{"affinity":{{Nowhere}}} } }""", Limit);
        JsonObject stuck = await FindStuckAsync(cluster);
        await cluster.PatchAsync("""{"spec":{"podTemplate":{"affinity":null}}}""", Limit);
        await cluster.WaitUntilAsync(kafka => kafka.ObservedGeneration() == kafka.Generation(), Limit);
        await Task.Delay(LongerThanAStep, Limit);
        Assert.Equal(stuck.Uid(), (await cluster.FindAsync(ResourceType.Pods, "kafka-2", Limit))?.Uid());

        await cluster.DeleteAsync(ResourceType.Pods, "kafka-2", Limit);
        await cluster.WaitUntilRunningAsync(Limit);
        Assert.Equal(["kafka-2"], cluster.Deleted);
    }

    [LabFact]
    public async Task Change_ThatTheServerRefuses_IsReportedAndNotObserved()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);

        await cluster.PatchAsync("""{"spec":{"dataVolumeCapacity":"20Gi"}}""", Limit);
        JsonObject kafka = await cluster.WaitUntilAsync(changed => Reason(changed) == "ApplyFailed", Limit);

        Assert.Equal((2L, 1L), (kafka.Generation(), kafka.ObservedGeneration()));
        Assert.Contains("statefulsets.apps", Message(kafka), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Faults_SwitchedOn_MakeARollHangOrTakeTwoPodsTogether()
    {
        await using BenchNamespace cluster = await Bench.CreateAsync(Limit);
        Bench.Operator.Faults = new() { IgnoresPrecheck = true, HangsBeforeOrdinal = 1 };

        await cluster.RollAsync(Limit);
        await cluster.WaitUntilAsync(kafka => Message(kafka).Contains("hang before pod kafka-1", StringComparison.Ordinal), Limit);
        Assert.Equal(["kafka-2"], cluster.Deleted);

        Bench.Operator.Faults = new() { IgnoresPrecheck = true, PodsAtOnce = 2 };
        await cluster.WaitUntilRunningAsync(Limit);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], cluster.Deleted);

        // A step that is under way still ends as it began.
        Bench.Operator.Faults = new() { Idle = true };
        await Task.Delay(LongerThanAStep, Limit);
        await cluster.RollAsync(Limit);
        await Task.Delay(LongerThanAStep, Limit);
        JsonObject ignored = await cluster.KafkaAsync(Limit);
        Assert.Equal(ignored.Generation() - 1, ignored.ObservedGeneration());
    }

    // The pod of the new template, once it has been there for a while.
    private async Task<JsonObject> FindStuckAsync(BenchNamespace cluster)
    {
        while (true)
        {
            JsonObject? pod = await cluster.FindAsync(ResourceType.Pods, "kafka-2", Limit);
            bool isNew = pod?["spec"]?["affinity"] is not null;
            if (isNew && TimeProvider.System.GetUtcNow() - pod!.CreatedAt() > LongerThanAStep)
            {
                return pod!;
            }

            await Task.Delay(100, Limit);
        }
    }

    private static string Message(JsonObject kafka) => (string)kafka["status"]!["conditions"]![0]!["message"]!;

    private static string? Reason(JsonObject kafka) => (string?)kafka["status"]!["conditions"]![0]!["reason"];
}
