using System.Diagnostics;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Demo;
using Orchestrator.Starter.Rehearsal;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.KafkaRoll;
using Temporalio.Client;

namespace Orchestrator.Starter.Tests.Rehearsal;

/// <summary>The roll with its real activities on a whole cluster in the box, in skipped time.</summary>
public sealed class BoxRollTests : IDisposable
{
    private static readonly TimeSpan WallLimit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("orchestrator-rehearsal-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Roll_OfThreeBrokers_RestartsEachOnceFromTheHighestDown()
    {
        long begun = Stopwatch.GetTimestamp();
        ClusterScenario scenario = new() { Kafka = DemoScript.Kafka };
        await using RehearsedCluster cluster = await RehearsedCluster.StartAsync(scenario, _folder, CancellationToken.None);
        await cluster.StartWorkerAsync();
        await using ClusterEffects effects = new(cluster.Box.Kubernetes.Store, cluster.Box.Time.Clock);
        DateTimeOffset before = cluster.Box.Time.Now;
        string change = ChangeId.Create("roll-kafka-cluster", cluster.Target, "test", before);
        RollKafkaClusterInput input = new()
        {
            Target = cluster.Target,
            Change = new() { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
        };
        string workflow = ChangeId.WorkflowId("roll-kafka-cluster", cluster.Target, change);
        WorkflowHandle run = await cluster.Server.Client.StartWorkflowAsync(
            "RollKafkaCluster", [input], new(workflow, ChangeNames.TaskQueue));
        ChangeStatus status = null!;
        await cluster.Box.Time.UntilAsync(async () =>
        {
            status = await run.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            return status.State is ChangeState.AwaitingApproval or ChangeState.Refused;
        });
        Assert.True(status.State == ChangeState.AwaitingApproval, string.Join(' ', status.Refusals.Select(each => each.Sentence)));
        await cluster.Server.Client.GetWorkflowHandle(status.ApprovalWorkflowId!).ExecuteUpdateAsync<ApprovalStatus>(
            ChangeNames.VoteUpdate, [new Vote(status.PlanHash!, VoteDecision.Approve, "unverified:bob")]);
        RollKafkaClusterResult result = await cluster.Box.Temporal.ResultAsync<RollKafkaClusterResult>(run);
        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(
            [
                "kafkas confluent/kafka is written, generation 2",
                "pod confluent/kafka-2 is restarted", "pod confluent/kafka-2 is Ready again",
                "pod confluent/kafka-1 is restarted", "pod confluent/kafka-1 is Ready again",
                "pod confluent/kafka-0 is restarted", "pod confluent/kafka-0 is Ready again",
            ],
            effects.Seen.Select(effect => effect.What));
        Assert.Equal(0, cluster.Box.Kafka.Admin.LostRecords);
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, WallLimit);
    }
}
