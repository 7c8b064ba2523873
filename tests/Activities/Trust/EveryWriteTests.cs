using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Evidence;
using Orchestrator.Store;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Trust;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Activities.Tests.Trust;

/// <summary>No activity that writes has a way around what is checked before a write; a new one that is not listed here fails.</summary>
public sealed class EveryWriteTests : BoundedTest
{
    private const string Other = """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"other-uid"}}""";

    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly Fence[] Fences = [new("cluster/cluster-uid/confluent/kafka", 1)];
    private static readonly LockHolder Holder = new("workflow", "run", "CHG-1", "RollKafkaCluster", "unverified:alice");

    private static readonly Warrant Warrant = new PlanTree(new Plan(
        "RollKafkaCluster", 1, Target, "cluster-uid", "inputs",
        [KafkaActs.Election("confluent", "kafka", "kafka-id")], [], new(TimeSpan.Zero, TimeSpan.Zero), []))
        .Warrant(KafkaActs.ElectStep)!;

    /// <summary>An input of each activity that writes.</summary>
    private static readonly Dictionary<string, object> Writes = new()
    {
        ["PatchObject"] = new PatchObjectInput(
            Target, new("", "v1", "configmaps", "confluent", "a"), [new PointerChange("/data/x", null, "y")], Fences)
        {
            Warrant = Warrant,
        },
        ["EvictPod"] = new EvictPodInput(Target, "kafka-0", "uid", Fences) { Warrant = Warrant },
        ["DeleteObject"] = new DeleteObjectInput(Target, new("", "v1", "configmaps", "confluent", "a"), Fences) { Warrant = Warrant },
        ["ElectPreferredLeaders"] = new ElectPreferredLeadersInput(Target, "kafka", Fences) { Warrant = Warrant },
        ["RunKafkaCanary"] = new RunKafkaCanaryInput(Target, "kafka", Fences) { Warrant = Warrant },
        ["RaiseFence"] = new RaiseFenceInput([new LockPlace(Target, "cluster-uid")], "cluster/cluster-uid", 0, "CHG-1"),
        ["AcquireLocks"] = new AcquireLocksInput(Holder, [new LockPlace(Target, "cluster-uid")], [], LockPriority.Normal, TimeSpan.Zero),
        ["ReleaseLocks"] = new ReleaseLocksInput(Holder, ["cluster/cluster-uid"]),
        ["WriteEvidence"] = new WriteEvidenceInput("CHG-1", [], [], []),
        ["Notify"] = new NotifyInput(new("gate.waiting", NotificationSeverity.Info, "CHG-1/gate.waiting/1", "Title", "Sentence.")),
        ["KeepReport"] = new KeepReportInput(
            new ReportSubject("check-cluster-health", "cluster-uid", "digest"),
            new AssessmentReport(
                "CHG-1", "check-cluster-health", Target, DateTimeOffset.UnixEpoch, Verdict.Healthy, "Sentence.", [], [],
                new Dictionary<FindingSeverity, int>(), null)),
    };

    private readonly string _evidence = Path.Combine(Path.GetTempPath(), $"evidence-{Guid.NewGuid():N}");
    private readonly KubeconfigFile _kubeconfig = new("lab");

    /// <summary>The activities of this assembly that are not marked as reading.</summary>
    public static TheoryData<string> NotReading => [.. Methods(reading: false).Select(row => row.Name)];

    /// <summary>Those of them that touch a cluster.</summary>
    public static TheoryData<string> OnAnotherCluster =>
        [
            .. Methods(reading: false)
                .Select(row => row.Name)
                .Where(name => Writes.GetValueOrDefault(name) is IWarrantedAct or RaiseFenceInput),
        ];

    [Fact]
    public void Activities_ThatWrite_AreAllHere() =>
        Assert.Equal(Methods(reading: false).Select(row => row.Name).Order(), Writes.Keys.Order());

    [Fact]
    public void Activities_OfTheQueueOfWatches_AllRead() => Assert.Subset(
        Methods(reading: true).Select(row => (row.Type, row.Name)).ToHashSet(), OrchestratorActivities.Watches.ToHashSet());

    [Theory]
    [MemberData(nameof(NotReading))]
    public async Task Activity_CalledByNobodysRun_IsRefusedAndKept(string name)
    {
        using ServiceProvider services = Services();
        ActGateProbe next = new();
        ActivityInboundInterceptor gate = services.GetServices<IWorkerInterceptor>().Single().InterceptActivity(next);
        ActivityEnvironment environment = new()
        {
            Info = ActivityEnvironment.DefaultInfo with
            {
                ActivityType = name,
                WorkflowId = null,
                WorkflowRunId = null,
                WorkflowType = null,
            },
        };
        Type type = Methods(reading: false).Single(row => row.Name == name).Type;
        ActivityDefinition definition = ActivityDefinition.CreateAll(type, services.GetRequiredService(type))
            .Single(each => each.Name == name);
        ExecuteActivityInput call = new(definition, [Writes[name]], null);

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => environment.RunAsync(() => gate.ExecuteActivityAsync(call)));

        Assert.Equal((ReasonCodes.ActNotAllowed, true, 0), (refused.ErrorType, refused.NonRetryable, next.Calls));
        StoredEvent kept = await services.GetRequiredService<WorkerStore>().UseAsync(async store =>
        {
            ChainKey chain = Assert.Single(await store.ListChainsAsync(Limit));
            Assert.Equal("refused-acts", chain.ChainId);
            return Assert.Single(await store.ReadChainAsync(chain, Limit));
        }, Limit);
        Assert.Equal(AuditTypes.ActRefused, kept.Type);
        Assert.Contains(name, kept.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(OnAnotherCluster))]
    public async Task Activity_WhoseContextLeadsToAnotherCluster_WritesNothingAndNamesBoth(string name)
    {
        await using AnsweringServer server = new(200, Other);
        _kubeconfig.Write("token: t", server.Address.ToString().TrimEnd('/'));
        using ServiceProvider services = Services();
        ActivityEnvironment environment = new()
        {
            Info = ActivityEnvironment.DefaultInfo with
            {
                WorkflowId = "workflow",
                WorkflowRunId = "run",
                WorkflowType = "RollKafkaCluster",
            },
        };

        ApplicationFailureException refused = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => environment.RunAsync(() => InvokeAsync(services, name)));

        Assert.Equal((ReasonCodes.TargetMismatch, true), (refused.ErrorType, refused.NonRetryable));
        Assert.Contains("context lab", refused.Message, StringComparison.Ordinal);
        Assert.Contains("other-uid", refused.Message, StringComparison.Ordinal);
        Assert.Contains("cluster-uid", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(server.Requests);
        Assert.All(server.Requests, request => Assert.StartsWith("GET /api/v1/namespaces/kube-system", request, StringComparison.Ordinal));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _kubeconfig.Dispose();
        if (Directory.Exists(_evidence))
        {
            Directory.Delete(_evidence, recursive: true);
        }
    }

    private static List<(string Name, Type Type, MethodInfo Method)> Methods(bool reading) =>
    [
        .. OrchestratorActivities.Types
            .SelectMany(type => type.GetInterfaces()
                .SelectMany(contract => contract.GetMethods().Select(method => (contract, method, type))))
            .Where(row => row.method.GetCustomAttribute<ActivityAttribute>() is not null
                && row.method.IsDefined(typeof(ReadsAttribute)) == reading)
            .Select(row => (row.method.GetCustomAttribute<ActivityAttribute>()!.Name!, row.type, row.method)),
    ];

    private static Task InvokeAsync(ServiceProvider services, string name)
    {
        (_, Type type, MethodInfo method) = Methods(reading: false).Single(row => row.Name == name);
        return (Task)method.Invoke(services.GetRequiredService(type), [Writes[name]])!;
    }

    private ServiceProvider Services() => KubeLab.Activities(("Clusters:lab:Kubeconfig", _kubeconfig.Path), ("Evidence:Folder", _evidence));

    private sealed class ActGateProbe() : ActivityInboundInterceptor(null!)
    {
        public int Calls { get; private set; }

        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input)
        {
            Calls++;
            return Task.FromResult<object?>(null);
        }
    }
}
