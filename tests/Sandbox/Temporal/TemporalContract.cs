using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Sandbox.Tests.Temporal;

/// <summary>What workers and clients rely on, the same on the server in the box and on a real one, both on the wall clock.</summary>
public abstract class TemporalContract
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _id = $"order-{Guid.NewGuid():N}";

    protected abstract Task<ITemporalClient> ConnectAsync();

    protected async Task CompletedAndStartedAgainFollowsTheReusePolicyAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> first = await StartAsync(client, new());
            Assert.Equal("paid at try 1; ", await first.GetResultAsync());

            await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
                () => StartAsync(client, new(), options => options.IdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate));
            await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(
                () => StartAsync(client, new(), options => options.IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicateFailedOnly));
            WorkflowHandle<OrderWorkflow, string> second = await StartAsync(client, new() { FailedPayments = 1 });
            Assert.NotEqual(first.ResultRunId, second.ResultRunId);
            Assert.Equal("paid at try 2; ", await second.GetResultAsync());
            Assert.Equal("paid at try 1; ", await first.GetResultAsync());
        });
    }

    protected async Task StartedWhileOneIsOpenIsRefusedOrIsThatOneAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> open = await StartAsync(client, new() { AwaitsShipment = true });
            await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() => StartAsync(client, new()));
            WorkflowHandle<OrderWorkflow, string> same = await StartAsync(
                client, new(), options => options.IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting);
            Assert.Equal(open.ResultRunId, same.ResultRunId);
            Assert.Equal(1, await same.ExecuteUpdateAsync(w => w.ShipAsync("Ulm")));
            Assert.Equal("paid at try 1; to Ulm", await open.GetResultAsync());
        });
    }

    protected async Task ActivityThatFailsTwiceIsTriedAgainAndLeavesNoEventOfItsFailuresAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> handle = await StartAsync(
                client, new() { FailedPayments = 2, Wait = TimeSpan.FromMilliseconds(10) });
            Assert.Equal("paid at try 3; ", await handle.GetResultAsync());

            Assert.Equal(
                [
                    EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted,
                    EventType.WorkflowTaskCompleted, EventType.TimerStarted, EventType.TimerFired, EventType.WorkflowTaskScheduled,
                    EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted, EventType.ActivityTaskScheduled,
                    EventType.ActivityTaskStarted, EventType.ActivityTaskCompleted, EventType.WorkflowTaskScheduled,
                    EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted, EventType.WorkflowExecutionCompleted,
                ],
                await EventsAsync(handle));
        });
    }

    protected async Task MessagesOfEachKindAreAnsweredInTheirOrderAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> handle = await StartAsync(client, new() { AwaitsShipment = true });
            await handle.SignalAsync(w => w.NoteAsync("fragile"));
            await client.StartWorkflowAsync(
                (OrderWorkflow w) => w.RunAsync(new()),
                Options(options => options.SignalWithStart((OrderWorkflow w) => w.NoteAsync("blue"))));
            Assert.Equal(["fragile", "blue"], await handle.QueryAsync(w => w.Notes()));

            WorkflowUpdateFailedException refused =
                await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(w => w.ShipAsync("")));
            Assert.Equal("NOWHERE", Assert.IsType<ApplicationFailureException>(refused.InnerException).ErrorType);
            WorkflowUpdateOptions once = new() { Id = "ship" };
            Assert.Equal(3, await handle.ExecuteUpdateAsync(w => w.ShipAsync("Ulm"), once));
            Assert.Equal("paid at try 1; fragile, blue, to Ulm", await handle.GetResultAsync());
            Assert.Equal(["fragile", "blue", "to Ulm"], await handle.QueryAsync(w => w.Notes()));

            // A refused update leaves nothing in the history.
            Assert.Equal(1, (await EventsAsync(handle)).Count(type => type == EventType.WorkflowExecutionUpdateAccepted));
            Assert.Equal(
                RpcException.StatusCode.NotFound,
                (await Assert.ThrowsAsync<RpcException>(() => handle.SignalAsync(w => w.NoteAsync("late")))).Code);
        });
    }

    protected async Task ChildEndsAsItDoesAndSoDoesItsParentAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> parent = await StartAsync(client, new() { HasChild = true, Fails = true });
            WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => parent.GetResultAsync());

            ChildWorkflowFailureException ofChild = Assert.IsType<ChildWorkflowFailureException>(failed.InnerException);
            Assert.Equal("LOST", Assert.IsType<ApplicationFailureException>(ofChild.InnerException).ErrorType);
            Assert.Equal(
                WorkflowExecutionStatus.Failed, (await client.GetWorkflowHandle($"{_id}/child").DescribeAsync()).Status);
        });
    }

    protected async Task RunTerminatedWithAnOpenChildTakesItAlongAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> parent = await StartAsync(client, new() { HasChild = true, AwaitsShipment = true });
            WorkflowHandle child = client.GetWorkflowHandle($"{_id}/child");
            await UntilAsync(async () => (await EventsAsync(parent)).Contains(EventType.ChildWorkflowExecutionStarted));
            await parent.TerminateAsync("enough");

            Assert.IsType<TerminatedFailureException>(
                (await Assert.ThrowsAsync<WorkflowFailedException>(() => parent.GetResultAsync())).InnerException);
            await UntilAsync(async () => (await child.DescribeAsync()).Status == WorkflowExecutionStatus.Terminated);
        });
    }

    protected async Task RunCancelledEndsSoAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> handle = await StartAsync(client, new() { Wait = TimeSpan.FromHours(1) });
            await UntilAsync(async () => (await EventsAsync(handle)).Contains(EventType.TimerStarted));
            await handle.CancelAsync();

            Assert.IsType<CanceledFailureException>(
                (await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync())).InnerException);
            Assert.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
        });
    }

    protected async Task RunContinuedAsNewIsFollowedToItsEndAsync()
    {
        await WorkAsync(async client =>
        {
            WorkflowHandle<OrderWorkflow, string> handle = await StartAsync(client, new() { Continues = 2 });
            Assert.Equal("paid at try 1; ", await handle.GetResultAsync());

            Assert.NotEqual(handle.ResultRunId, (await client.GetWorkflowHandle(_id).DescribeAsync()).RunId);
            Assert.Equal(
                WorkflowExecutionStatus.ContinuedAsNew, (await client.GetWorkflowHandle(_id, handle.ResultRunId).DescribeAsync()).Status);
        });
    }

    protected async Task RunListedByQueryIsFoundOnceItIsVisibleAsync()
    {
        await WorkAsync(async client =>
        {
            await (await StartAsync(client, new())).GetResultAsync();
            await UntilAsync(async () =>
                (await client.CountWorkflowsAsync($"WorkflowId = '{_id}' AND ExecutionStatus = 'Completed'")).Count == 1);
            Assert.Equal(0, (await client.CountWorkflowsAsync($"WorkflowId = '{_id}' AND ExecutionStatus = 'Running'")).Count);
            Assert.Equal(
                RpcException.StatusCode.InvalidArgument,
                (await Assert.ThrowsAsync<RpcException>(() => client.CountWorkflowsAsync("Nonsense = 'x'"))).Code);
        });
    }

    protected async Task WorkerReplacedGoesOnWhereTheOtherWasAsync()
    {
        ITemporalClient client = await ConnectAsync();
        WorkflowHandle<OrderWorkflow, string> handle = await StartAsync(client, new() { AwaitsShipment = true });
        await WorkAsync(_ => UntilAsync(async () => (await EventsAsync(handle)).Contains(EventType.ActivityTaskCompleted)));
        await handle.SignalAsync(w => w.NoteAsync("in between"));

        await WorkAsync(async _ =>
        {
            Assert.Equal(2, await handle.ExecuteUpdateAsync(w => w.ShipAsync("Ulm")));
            Assert.Equal("paid at try 1; in between, to Ulm", await handle.GetResultAsync());
        });
        Assert.Equal(1, (await EventsAsync(handle)).Count(type => type == EventType.ActivityTaskScheduled));
    }

    protected async Task RunResetWithAnOpenChildLeavesItRunningAsync()
    {
        await WorkAsync(async client =>
        {
            await StartAsync(client, new() { HasChild = true, AwaitsShipment = true });
            WorkflowHandle parent = client.GetWorkflowHandle(_id);
            await UntilAsync(async () => (await EventsAsync(parent)).Contains(EventType.ChildWorkflowExecutionStarted));
            WorkflowHandle child = client.GetWorkflowHandle($"{_id}/child");
            string runId = (await child.DescribeAsync()).RunId;
            await client.WorkflowService.ResetWorkflowExecutionAsync(new()
            {
                Namespace = client.Options.Namespace,
                WorkflowExecution = new() { WorkflowId = _id },
                Reason = "once more",
                RequestId = _id,
                WorkflowTaskFinishEventId = 4,
            });

            // Its second start of that child is refused.
            await Assert.ThrowsAsync<WorkflowFailedException>(() => parent.GetResultAsync());
            WorkflowExecutionDescription described = await child.DescribeAsync();
            Assert.Equal((runId, WorkflowExecutionStatus.Running), (described.RunId, described.Status));
        });
    }

    protected async Task ScheduleTriggeredAndPausedStartsOnceAsync()
    {
        await WorkAsync(async client =>
        {
            Schedule schedule = new(
                ScheduleActionStartWorkflow.Create((OrderWorkflow w) => w.RunAsync(new()), Options()),
                new() { Calendars = [new() { Hour = [new(3)] }] });
            ScheduleHandle handle = await client.CreateScheduleAsync($"{_id}/nightly", schedule);
            await handle.PauseAsync("maintenance");
            Assert.True((await handle.DescribeAsync()).Schedule.State.Paused);
            await handle.TriggerAsync();
            await UntilAsync(async () => (await handle.DescribeAsync()).Info.NumActions == 1);

            ScheduleDescription described = await handle.DescribeAsync();
            ScheduleActionExecutionStartWorkflow started = Assert.IsType<ScheduleActionExecutionStartWorkflow>(
                Assert.Single(described.Info.RecentActions).Action);
            Assert.StartsWith($"{_id}-", started.WorkflowId, StringComparison.Ordinal);
            Assert.Equal("paid at try 1; ", await client.GetWorkflowHandle(started.WorkflowId).GetResultAsync<string>());
            Assert.All(described.Info.NextActionTimes, time => Assert.Equal((3, 0), (time.Hour, time.Minute)));
            await handle.DeleteAsync();
            await Assert.ThrowsAsync<RpcException>(() => handle.DescribeAsync());
        });
    }

    private static async Task<IReadOnlyList<EventType>> EventsAsync(WorkflowHandle handle) =>
        [.. (await handle.FetchHistoryAsync()).Events.Select(made => made.EventType)];

    private static async Task UntilAsync(Func<Task<bool>> isReached)
    {
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        while (!await isReached())
        {
            await look.WaitForNextTickAsync();
        }
    }

    private Task<WorkflowHandle<OrderWorkflow, string>> StartAsync(
        ITemporalClient client, OrderInput input, Action<WorkflowOptions>? more = null) =>
        client.StartWorkflowAsync((OrderWorkflow w) => w.RunAsync(input), Options(more));

    private WorkflowOptions Options(Action<WorkflowOptions>? more = null)
    {
        WorkflowOptions options = new(_id, $"queue-{_id}");
        more?.Invoke(options);
        return options;
    }

    private async Task WorkAsync(Func<ITemporalClient, Task> test)
    {
        ITemporalClient client = await ConnectAsync();
        using TemporalWorker worker = new(
            client, new TemporalWorkerOptions($"queue-{_id}").AddWorkflow<OrderWorkflow>().AddAllActivities(new Payments()));
        await worker.ExecuteAsync(() => test(client)).WaitAsync(Limit);
    }
}
