using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.KafkaRoll;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Runs of the roll on a real server, on a task queue of their own. The worker caches no workflow, so each task replays all before it.
/// </summary>
internal sealed class RollRun(ITemporalClient client, ScriptedWorld world)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _id = Guid.NewGuid().ToString("N")[..12];

    public static RollKafkaClusterInput Input { get; } = new()
    {
        Target = new ChangeTarget("lab"),
        Change = new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
        Cooldown = TimeSpan.Zero,
        Limits = new RollLimits { PollEvery = TimeSpan.FromSeconds(1) },
    };

    public string WorkflowId => $"roll-kafka-cluster/lab/CHG-20261121-{_id}";

    public string Key => RollPlanner.RollKey(WorkflowId, RollComponent.Brokers);

    /// <summary>Starts a roll, does what the test does meanwhile, and waits for its end.</summary>
    public async Task<RollKafkaClusterResult> ExecuteAsync(object input, Func<WorkflowHandle, Task>? meanwhile = null)
    {
        using TemporalWorker worker = new(client, Options());
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle handle = await client.StartWorkflowAsync(RollNames.RollKafkaCluster, [input], new WorkflowOptions(WorkflowId, $"queue-{_id}"));
            if (meanwhile is not null)
            {
                await meanwhile(handle);
            }

            return await handle.GetResultAsync<RollKafkaClusterResult>();
        }).WaitAsync(Limit);
    }

    /// <summary>The status, once the run is in a state.</summary>
    public static async Task<ChangeStatus> WaitForAsync(WorkflowHandle handle, ChangeState state)
    {
        while (true)
        {
            ChangeStatus status = await handle.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
            if (status.State == state)
            {
                return status;
            }

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
        client.GetWorkflowHandle<ApproveChangeWorkflow>(approvalId).ExecuteUpdateAsync(approval => approval.VoteAsync(vote));

    private TemporalWorkerOptions Options() => new TemporalWorkerOptions($"queue-{_id}") { MaxCachedWorkflows = 0, MaxHeartbeatThrottleInterval = Look }
        .AddWorkflow<RollKafkaClusterWorkflow>()
        .AddWorkflow<SuperviseCrRollWorkflow>()
        .AddWorkflow<ApproveChangeWorkflow>()
        .AddAllActivities(world);
}
