using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;

namespace Orchestrator.Bench.Roll;

/// <summary>The procedure as people run it: started and approved through <c>sop</c>, carried out by the worker and the operator.</summary>
internal sealed class SupervisedRoll(LabCluster cluster, ITemporalClient client)
{
    private const string RollProcedure = "roll-kafka-cluster";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private readonly Sop _sop = new(cluster.EnvironmentVariables);

    public async Task<RollFigures> RunAsync(CancellationToken cancellationToken)
    {
        string requestId = Guid.NewGuid().ToString("N");
        ChangeTarget target = new("lab", LabCluster.Namespace);
        string change = ChangeId.Create(RollProcedure, target, requestId, TimeProvider.System.GetUtcNow());
        string run = ChangeId.WorkflowId(RollProcedure, target, change);
        await RequireAsync(
            "start", "roll-kafka-cluster", "--target", $"lab/{LabCluster.Namespace}", $"name={LabCluster.Kafka}", "limits.poll-every=1s",
            "limits.steady-every=2s",
            "cooldown=1s", "--reason", "measures the roll", "--as", "alice", "--request-id", requestId, "--detach");
        while ((await StatusAsync(run)).State is ChangeState.Looking)
        {
            await Task.Delay(Poll, cancellationToken);
        }

        long started = TimeProvider.System.GetTimestamp();
        await RequireAsync("approve", run, "--plan", (await StatusAsync(run)).PlanHash!, "--as", "bob", "--comment", "measures the roll");
        RollKafkaClusterResult result = await client.GetWorkflowHandle(run).GetResultAsync<RollKafkaClusterResult>();
        if (result.Change.State != ChangeState.Succeeded)
        {
            throw new InvalidOperationException($"The roll ended {result.Change.State}: {result.Change.Status.Sentence}");
        }

        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        DateTimeOffset triggered =
            result.Change.Status.Steps.First(step => step.Name == RollNames.TriggerStep(RollComponent.Brokers)).EndedAt!.Value;
        double perPod = (result.Pods[^1].InSyncAt!.Value - triggered).TotalSeconds / result.Pods.Count;
        return new(perPod, seconds, await EventsAsync(run), await EventsAsync(result.Change.Status.Children[0].WorkflowId));
    }

    private Task<ChangeStatus> StatusAsync(string run) =>
        client.GetWorkflowHandle(run).QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);

    private async Task<int> EventsAsync(string workflowId) => (await client.GetWorkflowHandle(workflowId).FetchHistoryAsync()).Events.Count;

    private async Task RequireAsync(params string[] arguments)
    {
        ProgramRun run = await _sop.RunAsync(arguments);
        if (run.ExitCode != 0)
        {
            throw new InvalidOperationException($"sop {string.Join(' ', arguments)} ended with {run.ExitCode}: {run.Output}{run.Errors}");
        }
    }
}
