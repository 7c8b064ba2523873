using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.PersonTasks;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>Runs of the roll and of other procedures in a scripted world, on a task queue of their own.</summary>
internal sealed class RollRun(RunServer server, ScriptedWorld world)
{
    private readonly string _id = Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();

    public static RollKafkaClusterInput Input { get; } = new()
    {
        Target = new ChangeTarget("lab"),
        Change = new ChangeRequest { Mode = ChangeMode.Execute, Reason = "monthly restart", Actor = "unverified:alice" },
        Cooldown = TimeSpan.Zero,
        Limits = new RollLimits { PollEvery = TimeSpan.FromSeconds(1) },
    };

    public string Queue => $"queue-{_id}";

    public string WorkflowId => $"roll-kafka-cluster/lab/CHG-20261121-{_id}";

    public string Key => RollPlanner.RollKey(WorkflowId, RollComponent.Brokers);

    /// <summary>Starts a roll, does what the test does meanwhile, and waits for its end.</summary>
    public Task<RollKafkaClusterResult> ExecuteAsync(object input, Func<WorkflowHandle, Task>? meanwhile = null) =>
        ExecuteAsync<RollKafkaClusterResult>(RollKafkaClusterWorkflow.Type, input, meanwhile);

    /// <summary>The same for any procedure.</summary>
    public async Task<T> ExecuteAsync<T>(string procedure, object input, Func<WorkflowHandle, Task>? meanwhile = null)
    {
        using TemporalWorker worker = new(server.Client, With(server.WorkerOptions(Queue), world));
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle handle = await StartAsync(procedure, input);
            if (meanwhile is not null)
            {
                await meanwhile(handle);
            }

            return await server.ResultAsync<T>(handle);
        });
    }

    /// <summary>Starts a procedure, whether there is a worker or not.</summary>
    public Task<WorkflowHandle> StartAsync(string procedure, object input) =>
        server.Client.StartWorkflowAsync(procedure, [input], new WorkflowOptions(WorkflowId, Queue));

    /// <summary>The status, once the run is in a state.</summary>
    public Task<ChangeStatus> WaitForAsync(WorkflowHandle handle, ChangeState state) =>
        WaitForAsync(handle, status => status.State == state);

    /// <summary>
    /// The status, once it is as wanted and its run has no task before it. A query alone can be ahead of the run: the SDK's core takes a
    /// history that it reads anew for a query to its end, past an answer that no workflow task has brought to the run yet. A control sent
    /// then takes effect before that answer.
    /// </summary>
    public async Task<ChangeStatus> WaitForAsync(WorkflowHandle handle, Func<ChangeStatus, bool> isReached)
    {
        ChangeStatus? status = null;
        try
        {
            await server.UntilAsync(async () => isReached(status = await handle.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, [])));
            await server.UntilAsync(async () => HasNoTaskBefore(await handle.FetchHistoryAsync()));
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"It stays at {status?.State}: {status?.Failure} {status}", e);
        }

        return status!;
    }

    /// <summary>Waits until the run has ended.</summary>
    public Task WaitForEndAsync(WorkflowHandle handle) =>
        server.UntilAsync(async () => (await handle.DescribeAsync()).Status != WorkflowExecutionStatus.Running);

    /// <summary>The status, once a step is under way.</summary>
    public Task<ChangeStatus> WaitForStepAsync(WorkflowHandle handle, string name) => WaitForAsync(
        handle, status => status.Steps.Any(step => step.Name == name && step.State == StepState.Running));

    private static bool HasNoTaskBefore(WorkflowHistory history) =>
        history.Events.Last().EventType is EventType.WorkflowExecutionTerminated or EventType.WorkflowExecutionTimedOut
        || history.Events.Last(each => each.EventType
            is EventType.WorkflowTaskScheduled or EventType.WorkflowTaskStarted or EventType.WorkflowTaskCompleted
            or EventType.WorkflowTaskFailed or EventType.WorkflowTaskTimedOut).EventType == EventType.WorkflowTaskCompleted;

    public static Task<ControlAnswer> ControlAsync(WorkflowHandle handle, string control, string who, string? reason = null) =>
        handle.ExecuteUpdateAsync<ControlAnswer>(control, [new ControlRequest($"unverified:{who}", reason)]);

    /// <summary>The status, once the run waits for votes in a round.</summary>
    public Task<ChangeStatus> WaitForRoundAsync(WorkflowHandle handle, int round) => WaitForAsync(
        handle,
        status => status.State == ChangeState.AwaitingApproval && status.ApprovalWorkflowId == $"{WorkflowId}/approval/{round}");

    public Task<ApprovalStatus> VoteAsync(string approvalId, Vote vote) =>
        server.Client.GetWorkflowHandle(approvalId).ExecuteUpdateAsync<ApprovalStatus>(ChangeNames.VoteUpdate, [vote]);

    /// <summary>Has a worker work on all workflows, in a scripted world.</summary>
    public static TemporalWorkerOptions With(TemporalWorkerOptions options, ScriptedWorld world) => options
        .AddWorkflow<RollKafkaClusterWorkflow>()
        .AddWorkflow<RestartKafkaBrokerWorkflow>()
        .AddWorkflow<SampleWorkflow>()
        .AddWorkflow<SuperviseCrRollWorkflow>()
        .AddWorkflow<ApproveChangeWorkflow>()
        .AddWorkflow<AskPersonWorkflow>()
        .AddWorkflow<TellPeopleWorkflow>()
        .AddAllActivities(world)
        .AddAllActivities(world.Channels)
        .AddAllActivities(world.Alerts);
}
