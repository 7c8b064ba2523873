using System.Globalization;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Sandbox.Temporal.Limits;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>How large a run may become, on servers whose limits are low.</summary>
public abstract class HistoryLimitContract(Func<Task<ITemporalClient>> connect) : RawWorkerContract(connect)
{
    protected static readonly TemporalLimits Low = new()
    {
        SuggestContinueAsNewAt = 50, SuggestContinueAsNewAtBytes = 10_000, HistoryEvents = 100, HistoryBytes = 20_000, Signals = 5,
    };

    protected async Task RunIsToldToGoOnAsNewAndTerminatedWhenItHasTooManyEventsAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        List<string> seen = [];
        string refusal = "";
        while (refusal.Length == 0)
        {
            PollWorkflowTaskQueueResponse task = await TakeAsync(client, id);
            seen.Add($"{task.StartedEventId}: {Advice(task)}");
            refusal = await AnswerAsync(client, task, Enumerable.Range(0, 20).Select(_ => Marker("m", 1)), goesOn: true);
        }

        Assert.Equal("InvalidArgument: Workflow history count exceeds limit.", refusal);
        Assert.Equal(["3: ", "26: ", "49: ", "72: TooManyHistoryEvents", "95: TooManyHistoryEvents"], seen);
        IReadOnlyList<HistoryEvent> events = [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events];
        Assert.Equal("WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionTerminated", Types(events.TakeLast(3)));
        Assert.Equal(WorkflowTaskFailedCause.ForceCloseCommand, events[^2].WorkflowTaskFailedEventAttributes.Cause);
        AssertEnded("Workflow history count exceeds limit.", events);
    }

    protected async Task RunIsToldToGoOnAsNewAndTerminatedWhenItsHistoryIsTooLargeAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        List<string> seen = [];
        for (int round = 0; round < 5; round++)
        {
            PollWorkflowTaskQueueResponse task = await TakeAsync(client, id);
            seen.Add($"{task.StartedEventId}: {Advice(task)}");
            Assert.Equal("", await AnswerAsync(client, task, [Marker("m", 4000)], goesOn: true));
        }

        Assert.Equal(["3: ", "7: ", "11: ", "15: HistorySizeTooLarge", "19: HistorySizeTooLarge"], seen);
        Assert.True((await TakeAsync(client, id)).TaskToken.IsEmpty);
        IReadOnlyList<HistoryEvent> events = [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events];
        Assert.Equal("MarkerRecorded WorkflowTaskScheduled WorkflowExecutionTerminated", Types(events.TakeLast(3)));
        AssertEnded("Workflow history size exceeds limit.", events);
    }

    protected async Task SignalThatComesAfterTooLargeAHistoryEndsTheRunAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        List<string> refusals = [];
        for (int number = 0; number < 5; number++)
        {
            refusals.Add(await SignalAsync(client, id, number, bytes: 6000));
        }

        refusals.Add(await SignalAsync(client, id, 5, bytes: 1));
        Assert.Equal(
            ["", "", "", "", "InvalidArgument: Workflow history size exceeds limit.", "NotFound: workflow execution already completed"],
            refusals);
        IReadOnlyList<HistoryEvent> events = [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events];
        Assert.Equal(4, events.Count(made => made.EventType == EventType.WorkflowExecutionSignaled));
        AssertEnded("Workflow history size exceeds limit.", events);
    }

    protected async Task RunTakesSoManySignalsAndNoMoreAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        List<string> refusals = [];
        for (int number = 0; number < Low.Signals; number++)
        {
            refusals.Add(await SignalAsync(client, id, number, bytes: 1));
        }

        const string Enough = "InvalidArgument: exceeded workflow execution limit for signal events";
        refusals.Add(await SignalAsync(client, id, Low.Signals, bytes: 1));
        refusals.Add(await RefusalAsync(() => client.WorkflowService.SignalWithStartWorkflowExecutionAsync(
            new() { Namespace = "default", WorkflowId = id, WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = id },
                RequestId = "one more", SignalName = "go" }, Once)));
        Assert.Equal([.. Enumerable.Repeat("", Low.Signals), Enough, Enough], refusals);

        (string refusal, IReadOnlyList<HistoryEvent> _) = await CommandAsync(client, Signal(id));
        Assert.Equal("", refusal);
        await UntilAsync(async () => (await client.GetWorkflowHandle($"{Id}-2").FetchHistoryAsync()).Events.Any(made =>
            made.SignalExternalWorkflowExecutionFailedEventAttributes?.Cause
                == SignalExternalWorkflowExecutionFailedCause.SignalCountLimitExceeded));
    }

    private static void AssertEnded(string reason, IReadOnlyList<HistoryEvent> events)
    {
        WorkflowExecutionTerminatedEventAttributes end = events[^1].WorkflowExecutionTerminatedEventAttributes;
        Assert.Equal((reason, "history-service"), (end.Reason, end.Identity));
    }

    private static string Advice(PollWorkflowTaskQueueResponse task)
    {
        WorkflowTaskStartedEventAttributes started = task.History.Events[^1].WorkflowTaskStartedEventAttributes;
        Assert.Equal(started.SuggestContinueAsNew, started.SuggestContinueAsNewReasons.Count > 0);
        return string.Join(' ', started.SuggestContinueAsNewReasons);
    }

    private static Task<string> SignalAsync(ITemporalClient client, string id, int number, int bytes) =>
        RefusalAsync(() => client.WorkflowService.SignalWorkflowExecutionAsync(
            new()
            {
                Namespace = "default",
                WorkflowExecution = new() { WorkflowId = id },
                SignalName = "go",
                Input = Blobs(bytes),
                RequestId = number.ToString(CultureInfo.InvariantCulture),
            },
            Once));

    /// <summary>A server in the box with low limits.</summary>
    public sealed class Box : IAsyncLifetime
    {
        private TemporalBox _box = null!;

        public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_box.Address));

        public async Task InitializeAsync() => _box = await TemporalBox.StartAsync(new() { Limits = Low });

        public async Task DisposeAsync() => await _box.DisposeAsync();
    }

    /// <summary>A real server with low limits.</summary>
    public sealed class Real : IAsyncLifetime
    {
        private LabServers? _servers;

        public async Task<ITemporalClient> ConnectAsync() => await TemporalClient.ConnectAsync(new(_servers!.TemporalAddress));

        public async Task InitializeAsync()
        {
            (string Name, long Value)[] limits =
            [
                ("limit.historyCount.suggestContinueAsNew", Low.SuggestContinueAsNewAt),
                ("limit.historySize.suggestContinueAsNew", Low.SuggestContinueAsNewAtBytes),
                ("limit.historyCount.error", Low.HistoryEvents),
                ("limit.historySize.error", Low.HistoryBytes),
                ("history.maximumSignalsPerExecution", Low.Signals),
            ];
            string arguments = string.Join(' ', limits.Select(limit => $"--dynamic-config-value {limit.Name}={limit.Value}"));
            _servers = LabTools.Folder is null ? null
                : await LabServers.StartAsync(new Dictionary<string, string> { ["TEMPORAL_ARGS"] = arguments }, "temporal");
        }

        public async Task DisposeAsync()
        {
            if (_servers is not null)
            {
                await _servers.DisposeAsync();
            }
        }
    }
}

/// <summary>How large a run may become in the server in the box.</summary>
public sealed class BoxHistoryLimitTests(HistoryLimitContract.Box server)
    : HistoryLimitContract(server.ConnectAsync), IClassFixture<HistoryLimitContract.Box>
{
    [Fact]
    public Task Run_ThatHasTooManyEvents_IsTerminated() => RunIsToldToGoOnAsNewAndTerminatedWhenItHasTooManyEventsAsync();

    [Fact]
    public Task Run_WhoseHistoryIsTooLarge_IsTerminated() => RunIsToldToGoOnAsNewAndTerminatedWhenItsHistoryIsTooLargeAsync();

    [Fact]
    public Task Signal_AfterTooLargeAHistory_EndsTheRun() => SignalThatComesAfterTooLargeAHistoryEndsTheRunAsync();

    [Fact]
    public Task Run_ThatHasHadAllItsSignals_TakesNoMore() => RunTakesSoManySignalsAndNoMoreAsync();
}

/// <summary>How large a run may become in a real server.</summary>
[Trait("Category", "Lab")]
public sealed class RealHistoryLimitTests(HistoryLimitContract.Real server)
    : HistoryLimitContract(server.ConnectAsync), IClassFixture<HistoryLimitContract.Real>
{
    [LabFact]
    public Task Run_ThatHasTooManyEvents_IsTerminated() => RunIsToldToGoOnAsNewAndTerminatedWhenItHasTooManyEventsAsync();

    [LabFact]
    public Task Run_WhoseHistoryIsTooLarge_IsTerminated() => RunIsToldToGoOnAsNewAndTerminatedWhenItsHistoryIsTooLargeAsync();

    [LabFact]
    public Task Signal_AfterTooLargeAHistory_EndsTheRun() => SignalThatComesAfterTooLargeAHistoryEndsTheRunAsync();

    [LabFact]
    public Task Run_ThatHasHadAllItsSignals_TakesNoMore() => RunTakesSoManySignalsAndNoMoreAsync();
}
