using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Lab.Tests.KafkaRoll;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Exceptions;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>Names that lead elsewhere: two for one cluster, and one that is moved to another cluster.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class OtherClusterTests(LabClusterFixture fixture) : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-switched-").FullName;

    private LabCluster Cluster => fixture.Cluster;

    private string Kubeconfig => Path.Combine(_folder, "kubeconfig");

    public async Task InitializeAsync()
    {
        await Cluster.ResetAsync(CancellationToken.None);
        Cluster.Pods.Reset();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LabFact]
    public async Task TwoNamesOfOneCluster_AreRolledOneAfterTheOther()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(new Dictionary<string, string>(Cluster.EnvironmentVariables)
        {
            ["ORCHESTRATOR__CLUSTERS__lab__KUBECONTEXT"] = "lab",
            ["ORCHESTRATOR__CLUSTERS__alias__KUBECONTEXT"] = "lab",
        });
        AttackedCluster cluster = await AttackedCluster.OpenAsync(Cluster);
        string first = await StartAsync(bench, "lab", TimeSpan.FromMinutes(20));
        string second = await StartAsync(bench, "alias", TimeSpan.FromSeconds(1));
        await ApproveAsync(bench, first);
        await bench.WaitForAsync(first, ChangeState.Running, Limit);

        await ApproveAsync(bench, second);
        ChangeStatus queued = await bench.WaitForAsync(
            second,
            status => status.State == ChangeState.Queued && status.Sentence.Contains(first, StringComparison.Ordinal),
            "the queue", Limit);
        GuardStatus guard = await bench.Client.GetWorkflowHandle(cluster.Guard).QueryAsync<GuardStatus>(ChangeNames.StatusQuery, []);

        Assert.Contains(cluster.Guard, queued.Sentence, StringComparison.Ordinal);
        Assert.Equal(["lab/confluent", "alias/confluent"], guard.KnownAs);
        Assert.InRange(Cluster.Pods.MostUnavailable(LabCluster.Kafka), 0, 1);
    }

    [LabFact]
    public async Task KubeconfigSwitchedWhileTheApprovalWaits_WritesNothingThereAndNamesBoth()
    {
        await using LabServers other = await LabServers.StartAsync("kube");
        File.Copy(Cluster.Kubeconfig, Kubeconfig);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = StartSwitchable();
        AttackedCluster cluster = await AttackedCluster.OpenAsync(Cluster);
        string run = await StartAsync(bench, "lab", TimeSpan.FromSeconds(1));
        await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);

        File.Copy(other.Kubeconfig, Kubeconfig, overwrite: true);
        await ApproveAsync(bench, run);
        ChangeStatus status = await bench.WaitForAsync(run, each => each.Failure is not null, "the end", Limit);

        Assert.Equal((ChangeState.Refused, ReasonCodes.TargetMismatch), (status.State, status.Failure!.Code));
        await AssertNamesBothAsync(status.Failure.Sentence, cluster.Uid, other);
        await cluster.AssertUntouchedAsync();
    }

    [LabFact]
    public async Task KubeconfigSwitchedInTheMiddleOfARoll_WritesNothingThereAndSaysThatTheHoldFailed()
    {
        await using LabServers other = await LabServers.StartAsync("kube");
        File.Copy(Cluster.Kubeconfig, Kubeconfig);
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = StartSwitchable();
        AttackedCluster cluster = await AttackedCluster.OpenAsync(Cluster);
        string run = await StartAsync(bench, "lab", TimeSpan.FromSeconds(1));
        await ApproveAsync(bench, run);
        await RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count > 0, "the first restart", Limit);

        File.Copy(other.Kubeconfig, Kubeconfig, overwrite: true);
        await PauseAsync(bench, run);
        string hold = RollNames.HoldStep(RollComponent.Brokers);
        ChangeStatus status = await bench.WaitForAsync(
            run, each => each.Steps.Any(step => step.Name == hold && step.State == StepState.Failed), "the hold that fails", Limit);

        await AssertNamesBothAsync(status.Steps.Single(step => step.Name == hold).Detail!, cluster.Uid, other);
    }

    private static async Task AssertNamesBothAsync(string sentence, string uid, LabServers other)
    {
        using IKubernetes admin = Orchestrator.Kubernetes.Kubeconfig.Load(other.Kubeconfig, null).Open(TimeProvider.System);
        string found = (await admin.GetAsync(ResourceType.Namespaces, null, "kube-system", CancellationToken.None)).Uid();
        Assert.Contains("The context lab of cluster lab", sentence, StringComparison.Ordinal);
        Assert.Contains(uid, sentence, StringComparison.Ordinal);
        Assert.Contains(found, sentence, StringComparison.Ordinal);
        Assert.Null(await admin.FindAsync(ResourceType.Namespaces, null, GuardId.FenceNamespace, CancellationToken.None));
    }

    private static async Task<string> StartAsync(RollBench bench, string context, TimeSpan cooldown)
    {
        string id = $"roll-kafka-cluster/{context}/confluent/named-{Guid.NewGuid():N}";
        RollKafkaClusterInput input = new()
        {
            Target = new ChangeTarget(context, LabCluster.Namespace),
            Change = new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
            Cooldown = cooldown,
            Limits = new RollLimits { PollEvery = TimeSpan.FromSeconds(1), SteadyEvery = TimeSpan.FromSeconds(2) },
        };
        await bench.Client.StartWorkflowAsync(RollKafkaClusterWorkflow.Type, [input], new(id, ChangeNames.TaskQueue));
        return id;
    }

    private static async Task ApproveAsync(RollBench bench, string run)
    {
        ChangeStatus asked = await bench.WaitForAsync(run, ChangeState.AwaitingApproval, Limit);
        await bench.Client.GetWorkflowHandle(asked.ApprovalWorkflowId!).ExecuteUpdateAsync<ApprovalStatus>(
            ChangeNames.VoteUpdate, [new Vote(asked.PlanHash!, VoteDecision.Approve, "unverified:bob", "quiet hour")]);
    }

    private static async Task PauseAsync(RollBench bench, string run)
    {
        try
        {
            ControlRequest pause = new("unverified:alice", "a look at the graphs");
            await bench.Client.GetWorkflowHandle(run).ExecuteUpdateAsync<ControlAnswer>(ControlNames.Pause, [pause]);
        }
        catch (WorkflowUpdateFailedException)
        {
            // It has noticed by itself that it reads another cluster, and stands still already.
        }
    }

    private ProgramProcess StartSwitchable() =>
        ProgramProcess.StartWorker(new Dictionary<string, string>(Cluster.EnvironmentVariables) { ["KUBECONFIG"] = Kubeconfig });
}
