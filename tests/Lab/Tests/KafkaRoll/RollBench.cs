using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>What the tests of the roll share: the command line on a live cluster, and a client that sees the same runs.</summary>
internal sealed class RollBench(LabCluster cluster, ITemporalClient client)
{
    public const string Topic = "orders";

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    /// <summary>Limits that fit a cluster of three small brokers, so that a test does not wait for what cannot come.</summary>
    private static readonly string[] Limits = ["limits.poll-every=1s", "limits.steady-every=2s", "cooldown=1s"];

    public Sop Sop { get; } = new(cluster.EnvironmentVariables);

    public ITemporalClient Client => client;

    /// <summary>Opens a bench; runs and locks that an earlier test left behind when it failed are taken away.</summary>
    public static async Task<RollBench> OpenAsync(LabCluster cluster)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(cluster.Servers.TemporalAddress));
        await foreach (WorkflowExecution left in client.ListWorkflowsAsync("ExecutionStatus = 'Running'"))
        {
            try
            {
                await client.GetWorkflowHandle(left.Id).TerminateAsync("left behind by an earlier test");
            }
            catch (RpcException e) when (e.Code == RpcException.StatusCode.NotFound)
            {
                // It has ended since it was listed.
            }
        }

        return new(cluster, client);
    }

    public static IReadOnlyList<Uri> Brokers(LabCluster cluster) =>
        [.. Enumerable.Range(0, 3).Select(ordinal => cluster.JolokiaOf($"{LabCluster.Kafka}-{ordinal}"))];

    /// <summary>Starts a roll as <c>alice</c> and leaves it; returns its workflow id.</summary>
    /// <param name="component">What is restarted.</param>
    /// <param name="fields">Further fields, <c>key=value</c>; each replaces the bench's own of that key.</param>
    public async Task<string> StartAsync(string component, params string[] fields)
    {
        string requestId = Guid.NewGuid().ToString("N");
        string[] command =
        [
            "start", "roll-kafka-cluster", "--target", "lab/confluent", "name=kafka", $"component={component}", .. With(fields),
            "--reason", "monthly restart", "--as", "alice", "--request-id", requestId, "--detach",
        ];
        ProgramRun run = await Sop.RunAsync(command);
        Assert.True(run.ExitCode == 0, $"sop start ended with {run.ExitCode}: {run.Output}{run.Errors}");
        ChangeTarget target = new("lab", "confluent");
        return ChangeId.WorkflowId(
            "roll-kafka-cluster", target, ChangeId.Create("roll-kafka-cluster", target, requestId, TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Approves a roll as <c>bob</c>, once it waits for that.</summary>
    public async Task ApproveAsync(string workflowId, TimeSpan limit)
    {
        await WaitForAsync(workflowId, ChangeState.AwaitingApproval, limit);
        ProgramRun run = await Sop.ApproveAsync(workflowId, "--as", "bob", "--comment", "quiet hour");
        Assert.True(run.ExitCode == 0, $"sop approve ended with {run.ExitCode}: {run.Output}{run.Errors}");
    }

    public Task<ChangeStatus> StatusAsync(string workflowId) =>
        client.GetWorkflowHandle(workflowId).QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);

    public Task<ChangeStatus> WaitForAsync(string workflowId, ChangeState state, TimeSpan limit) =>
        WaitForAsync(workflowId, status => status.State == state, $"state {state}", limit);

    public async Task<ChangeStatus> WaitForAsync(string workflowId, Func<ChangeStatus, bool> isReached, string what, TimeSpan limit)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            ChangeStatus status = await StatusAsync(workflowId);
            if (isReached(status))
            {
                return status;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(started) < limit,
                $"{what} not reached within {limit}: {status.State}, {status.Sentence}");
            await Task.Delay(Poll);
        }
    }

    /// <summary>Waits until a condition on the cluster holds.</summary>
    public static async Task WaitUntilAsync(Func<bool> holds, string what, TimeSpan limit)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < limit, $"{what} not reached within {limit}.");
            await Task.Delay(Poll);
        }
    }

    private static IEnumerable<string> With(string[] fields) =>
        [.. Limits.Where(limit => !fields.Any(field => KeyOf(field) == KeyOf(limit))), .. fields];

    private static string KeyOf(string field) => field.Split('=')[0];
}
