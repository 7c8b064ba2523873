using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.KafkaRestart;
using Orchestrator.Workflows.KafkaRoll;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Runs of the roll on a real server, on a task queue of their own. The worker caches no workflow, unless a test says otherwise, so each
/// task replays all before it.
/// </summary>
internal sealed class RollRun(ITemporalClient client, ScriptedWorld world)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StatusLimit = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _id = Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();

    public static RollKafkaClusterInput Input { get; } = new()
    {
        Target = new ChangeTarget("lab"),
        Change = new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
        Cooldown = TimeSpan.Zero,
        Limits = new RollLimits { PollEvery = TimeSpan.FromSeconds(1) },
    };

    /// <summary>How many runs the worker keeps in memory between two tasks.</summary>
    public int CachedRuns { get; init; }

    public string WorkflowId => $"roll-kafka-cluster/lab/CHG-20261121-{_id}";

    public string Key => RollPlanner.RollKey(WorkflowId, RollComponent.Brokers);

    /// <summary>Starts a roll, does what the test does meanwhile, and waits for its end.</summary>
    public Task<RollKafkaClusterResult> ExecuteAsync(object input, Func<WorkflowHandle, Task>? meanwhile = null) =>
        ExecuteAsync<RollKafkaClusterResult>(RollNames.RollKafkaCluster, input, meanwhile);

    /// <summary>The same for any procedure.</summary>
    public async Task<T> ExecuteAsync<T>(string procedure, object input, Func<WorkflowHandle, Task>? meanwhile = null)
    {
        using TemporalWorker worker = new(client, Options());
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle handle = await client.StartWorkflowAsync(procedure, [input], new WorkflowOptions(WorkflowId, $"queue-{_id}"));
            if (meanwhile is not null)
            {
                await meanwhile(handle);
            }

            return await handle.GetResultAsync<T>();
        }).WaitAsync(Limit);
    }

    /// <summary>Runs a procedure to its end, with a new worker after every effect.</summary>
    public async Task<T> ExecuteWithNewWorkersAsync<T>(string procedure, object input, Func<int> effects)
    {
        WorkflowHandle handle = await client.StartWorkflowAsync(procedure, [input], new WorkflowOptions(WorkflowId, $"queue-{_id}"));
        Task<T> result = handle.GetResultAsync<T>();
        using CancellationTokenSource limit = new(Limit);
        while (!result.IsCompleted)
        {
            int seen = effects();
            using TemporalWorker worker = new(client, Options());
            await worker.ExecuteAsync(async () =>
            {
                while (!result.IsCompleted && effects() == seen)
                {
                    await Task.Delay(Look / 10, limit.Token);
                }
            });
        }

        return await result;
    }

    /// <summary>The status, once the run is in a state.</summary>
    public static Task<ChangeStatus> WaitForAsync(WorkflowHandle handle, ChangeState state) =>
        WaitForAsync(handle, status => status.State == state);

    /// <summary>The status, once it is as wanted.</summary>
    public static async Task<ChangeStatus> WaitForAsync(WorkflowHandle handle, Func<ChangeStatus, bool> isReached)
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (true)
        {
            ChangeStatus status = await handle.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            if (isReached(status))
            {
                return status;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < StatusLimit, $"It stays at {status.State}: {status.Failure} {status}");
            await Task.Delay(Look);
        }
    }

    public static Task<ControlAnswer> ControlAsync(WorkflowHandle handle, string control, string who, string? reason = null) =>
        handle.ExecuteUpdateAsync<ControlAnswer>(control, [new ControlRequest($"unverified:{who}", reason)]);

    /// <summary>The status, once the run waits for votes in a round.</summary>
    public async Task<ChangeStatus> WaitForRoundAsync(WorkflowHandle handle, int round)
    {
        while (true)
        {
            ChangeStatus status = await handle.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            if (status.State == ChangeState.AwaitingApproval && status.ApprovalWorkflowId == $"{WorkflowId}/approval/{round}")
            {
                return status;
            }

            await Task.Delay(Look);
        }
    }

    public Task<ApprovalStatus> VoteAsync(string approvalId, Vote vote) =>
        client.GetWorkflowHandle(approvalId).ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.VoteUpdate, [vote]);

    /// <summary>A worker of all workflows in a scripted world.</summary>
    public static TemporalWorkerOptions Options(string queue, ScriptedWorld world, int cachedRuns) => new TemporalWorkerOptions(queue)
    {
        MaxCachedWorkflows = cachedRuns, MaxHeartbeatThrottleInterval = Look,
    }
        .AddWorkflow<RollKafkaClusterWorkflow>()
        .AddWorkflow<RestartKafkaBrokerWorkflow>()
        .AddWorkflow<SampleWorkflow>()
        .AddWorkflow<SuperviseCrRollWorkflow>()
        .AddWorkflow<ApproveChangeWorkflow>()
        .AddAllActivities(world)
        .AddAllActivities(world.Alerts);

    private TemporalWorkerOptions Options() => Options($"queue-{_id}", world, CachedRuns);
}
