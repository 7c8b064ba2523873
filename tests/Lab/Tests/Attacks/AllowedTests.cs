using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Lab.Tests.KafkaRoll;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>What keeps attackers out lets an approved plan through, each of its acts.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class AllowedTests(LabClusterFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);
    private static readonly ChangeTarget Target = new("lab", LabCluster.Namespace);
    private static readonly ChangeRequest Change =
        new() { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" };
    private static readonly RollLimits Limits = new() { PollEvery = TimeSpan.FromSeconds(1), SteadyEvery = TimeSpan.FromSeconds(2) };

    private LabCluster Cluster => fixture.Cluster;

    public async Task InitializeAsync()
    {
        await Cluster.ResetAsync(CancellationToken.None);
        Cluster.Pods.Reset();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [LabFact]
    public Task Roll_Approved_RunsToItsEnd() => RunAsync(
        RollKafkaClusterWorkflow.Type,
        new RollKafkaClusterInput { Target = Target, Change = Change, Cooldown = TimeSpan.FromSeconds(1), Limits = Limits },
        pods: 3);

    [LabFact]
    public Task Restart_Approved_RunsToItsEnd() => RunAsync(
        RestartKafkaBrokerWorkflow.Type,
        new RestartKafkaBrokerInput { Target = Target, Change = Change, Broker = 1, Limits = Limits },
        pods: 1);

    private async Task RunAsync<T>(string type, T input, int pods)
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        string id = $"allowed/lab/confluent/by-hand-{Guid.NewGuid():N}";
        await bench.Client.StartWorkflowAsync(type, [input], new(id, ChangeNames.TaskQueue));
        ChangeStatus asked = await bench.WaitForAsync(id, ChangeState.AwaitingApproval, Limit);
        await bench.Client.GetWorkflowHandle(asked.ApprovalWorkflowId!).ExecuteUpdateAsync<ApprovalStatus>(
            ChangeNames.VoteUpdate, [new Vote(asked.PlanHash!, VoteDecision.Approve, "unverified:bob", "quiet hour")]);

        ChangeStatus status = await bench.WaitForAsync(
            id, each => each.Evidence is not null || each.State == ChangeState.Blocked, "the end", Limit);

        Assert.True(status.State == ChangeState.Succeeded, $"{status.State}: {status.Sentence}\n{worker.Log}");
        Assert.Equal(pods, Cluster.Pods.Deletions.Count);
        Assert.Contains(
            "got their preferred leader back",
            status.Steps.Single(step => step.Name == KafkaActs.ElectStep).Detail,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Refused activity", worker.Log, StringComparison.Ordinal);
    }
}
