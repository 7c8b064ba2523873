using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>Calls of clients, and of workers for activities, that are beyond a limit of the server.</summary>
public abstract class RequestLimitContract(Func<Task<ITemporalClient>> connect) : RawWorkerContract(connect)
{
    private const int TooLarge = (2 << 20) + 1;
    private static readonly string Long = new('x', 1001);

    protected async Task RequestBeyondALimitIsRefusedAsync()
    {
        ITemporalClient client = await ConnectAsync();
        WorkflowService service = client.WorkflowService;
        string id = await StartAsync(client);
        (string Refusal, Func<Task> Call)[] cases =
        [
            ("InvalidArgument: WorkflowId exceeds maximum allowed length (1001/1000)", Start(request => request.WorkflowId = Long)),
            ("InvalidArgument: WorkflowType length exceeds limit.", Start(request => request.WorkflowType.Name = Long)),
            ("InvalidArgument: taskQueue length exceeds limit", Start(request => request.TaskQueue.Name = Long)),
            ("InvalidArgument: RequestId length exceeds limit.", Start(request => request.RequestId = Long)),
            ("InvalidArgument: Blob data size exceeds limit.", Start(request => request.Input = Blobs(TooLarge))),
            ("InvalidArgument: Memo size exceeds limit.", Start(request => request.Memo = new() { Fields = { ["a"] = Blob(TooLarge) } })),
            ("", Start(request => request.Identity = Long)),
            ("", Start(request => request.Input = Blobs(TooLarge - 100))),
            ("", Start(request => request.Header = new() { Fields = { ["a"] = Blob(TooLarge) } })),
            ("InvalidArgument: SignalName length exceeds limit.", Signal(signal => signal.SignalName = Long)),
            ("InvalidArgument: RequestId length exceeds limit.", Signal(signal => signal.RequestId = Long)),
            ("InvalidArgument: Blob data size exceeds limit.", Signal(signal => signal.Input = Blobs(TooLarge))),
            ("", Signal(signal => signal.Header = new() { Fields = { ["a"] = Blob(TooLarge) } })),
            ("InvalidArgument: signal name exceeds maximum allowed length (1001/1000)", SignalWithStart(start => start.SignalName = Long)),
            ("InvalidArgument: Blob data size exceeds limit.", SignalWithStart(start => start.SignalInput = Blobs(TooLarge))),
            ("InvalidArgument: Blob data size exceeds limit.", () => service.QueryWorkflowAsync(
                new() { Namespace = "default", Execution = new() { WorkflowId = id }, Query = new() { QueryType = "q",
                    QueryArgs = Blobs(TooLarge) } }, Once)),
            ("InvalidArgument: UpdateId length exceeds limit.", () => service.UpdateWorkflowExecutionAsync(
                new() { Namespace = "default", WorkflowExecution = new() { WorkflowId = id }, Request = new() { Meta = new() {
                    UpdateId = Long }, Input = new() { Name = "u" } }, WaitPolicy = new() { LifecycleStage =
                    UpdateWorkflowExecutionLifecycleStage.Accepted } }, Once)),
            ("InvalidArgument: WorkflowId exceeds maximum allowed length (1001/1000)", () => service.CreateScheduleAsync(
                new() { Namespace = "default", ScheduleId = new('x', 978), RequestId = Id, Schedule = new() { Spec = new(), Action = new() {
                    StartWorkflow = new() { WorkflowId = id, WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() {
                        Name = id } } } } }, Once)),
        ];
        List<string> seen = [];
        foreach ((_, Func<Task> call) in cases)
        {
            seen.Add(await RefusalAsync(call));
        }

        Assert.Equal(cases.Select(row => row.Refusal), seen);

        // Above what the server reads at all; each says it in its own words.
        Assert.StartsWith(
            "ResourceExhausted: ", await RefusalAsync(Start(request => request.Input = Blobs(5 << 20))), StringComparison.Ordinal);

        Func<Task> Start(Action<StartWorkflowExecutionRequest> change) =>
            () => service.StartWorkflowExecutionAsync(Request(change), Once);

        Func<Task> Signal(Action<SignalWorkflowExecutionRequest> change)
        {
            SignalWorkflowExecutionRequest signal = new()
            {
                Namespace = "default", WorkflowExecution = new() { WorkflowId = id }, SignalName = "go",
            };
            change(signal);
            return () => service.SignalWorkflowExecutionAsync(signal, Once);
        }

        Func<Task> SignalWithStart(Action<SignalWithStartWorkflowExecutionRequest> change)
        {
            SignalWithStartWorkflowExecutionRequest start = new()
            {
                Namespace = "default", WorkflowId = id, WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = id },
                RequestId = Id, SignalName = "go",
            };
            change(start);
            return () => service.SignalWithStartWorkflowExecutionAsync(start, Once);
        }
    }

    protected async Task AnswerOfAnActivityThatIsTooLargeFailsItForGoodAsync()
    {
        ITemporalClient client = await ConnectAsync();
        (string Message, Func<PollActivityTaskQueueResponse, Task> Answer)[] cases =
        [
            ("Complete result exceeds size limit.", task => client.WorkflowService.RespondActivityTaskCompletedAsync(
                new() { TaskToken = task.TaskToken, Namespace = "default", Result = Blobs(TooLarge) }, Once)),
            ("Failure exceeds size limit.", task => client.WorkflowService.RespondActivityTaskFailedAsync(
                new() { TaskToken = task.TaskToken, Namespace = "default", Failure = new()
                {
                    Message = new('x', TooLarge), ApplicationFailureInfo = new(),
                } }, Once)),
            ("Cancel details exceed size limit.", task => client.WorkflowService.RespondActivityTaskCanceledAsync(
                new() { TaskToken = task.TaskToken, Namespace = "default", Details = Blobs(TooLarge) }, Once)),
            ("Heartbeat details exceed size limit.", async task => Assert.True(
                (await client.WorkflowService.RecordActivityTaskHeartbeatAsync(
                    new() { TaskToken = task.TaskToken, Namespace = "default", Details = Blobs(TooLarge) }, Once)).CancelRequested)),
        ];
        foreach ((string message, Func<PollActivityTaskQueueResponse, Task> answer) in cases)
        {
            string id = await StartAsync(client);
            await answer(await TakeActivityAsync(client, id));
            HistoryEvent[] events = [.. (await client.GetWorkflowHandle(id).FetchHistoryAsync()).Events.Skip(5)];
            Assert.Equal("ActivityTaskStarted ActivityTaskFailed WorkflowTaskScheduled", Types(events));
            ActivityTaskFailedEventAttributes failed = events[1].ActivityTaskFailedEventAttributes;
            Assert.Equal(
                (message, true, RetryState.NonRetryableFailure),
                (failed.Failure.Message, failed.Failure.ServerFailureInfo.NonRetryable, failed.RetryState));
            Assert.True(failed.Failure.CalculateSize() < 600_000);
        }
    }

    protected async Task FailureOfAnActivityIsThatOfAnApplicationAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        PollActivityTaskQueueResponse task = await TakeActivityAsync(client, id);
        Assert.Equal("InvalidArgument: Failure must have ApplicationFailureInfo.", await RefusalAsync(() =>
            client.WorkflowService.RespondActivityTaskFailedAsync(
                new() { TaskToken = task.TaskToken, Namespace = "default", Failure = new() { Message = "m" } }, Once)));
    }

    protected async Task LargeFailureIsCutWhileTheNextTryIsWaitedForAsync()
    {
        ITemporalClient client = await ConnectAsync();
        Assert.Equal("m/3000 of T by S", await KeptAsync(new() { Message = "m", StackTrace = new('x', 3000), Source = "S",
            ApplicationFailureInfo = new() { Type = "T" } }));
        Assert.Equal("Failure exceeds size limit./0 of  by , m/4073 of T by S", await KeptAsync(
            new() { Message = "m", StackTrace = new('x', 9000), Source = "S", ApplicationFailureInfo = new() { Type = "T" } }));

        async Task<string> KeptAsync(Failure failure)
        {
            string id = await StartAsync(client);
            PollActivityTaskQueueResponse task = await TakeActivityAsync(client, id);
            await client.WorkflowService.RespondActivityTaskFailedAsync(
                new() { TaskToken = task.TaskToken, Namespace = "default", Failure = failure }, Once);
            PendingActivityInfo pending = Assert.Single((await client.WorkflowService.DescribeWorkflowExecutionAsync(
                new() { Namespace = "default", Execution = new() { WorkflowId = id } })).PendingActivities);
            return Said(pending.LastFailure);
        }
    }

    protected async Task HistoryIsReadInPagesAsync()
    {
        ITemporalClient client = await ConnectAsync();
        string id = await StartAsync(client);
        await AnswerAsync(client, await TakeAsync(client, id), Enumerable.Range(0, 700).Select(_ => Marker("m", 1)));
        List<string> seen = [];
        foreach (int size in new[] { 0, 100, 300 })
        {
            List<int> pages = [];
            GetWorkflowExecutionHistoryRequest request = new()
            {
                Namespace = "default", Execution = new() { WorkflowId = id }, MaximumPageSize = size,
            };
            do
            {
                GetWorkflowExecutionHistoryResponse page = await client.WorkflowService.GetWorkflowExecutionHistoryAsync(request);
                pages.Add(page.History.Events.Count);
                request.NextPageToken = page.NextPageToken;
            }
            while (!request.NextPageToken.IsEmpty);

            seen.Add($"{size}: {string.Join(' ', pages)}");
        }

        Assert.Equal(Pages, seen);
    }

    /// <summary>The pages of 704 events, of which 701 were written at once: a real server reads those as one thing.</summary>
    protected abstract IReadOnlyList<string> Pages { get; }

    protected async Task WorkflowIsStartedAgainAtOnceAsync()
    {
        ITemporalClient client = await ConnectAsync();
        List<string> runs = [];
        for (int times = 0; times < 3; times++)
        {
            runs.Add((await client.WorkflowService.StartWorkflowExecutionAsync(
                Request(request =>
                {
                    request.WorkflowId = Id;
                    request.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
                }),
                Once)).RunId);
        }

        Assert.Equal(3, runs.Distinct().Count());
    }

    private static string Said(Failure failure) =>
        $"{failure.Message}/{failure.StackTrace.Length} of {failure.ApplicationFailureInfo?.Type} by {failure.Source}"
        + (failure.Cause is { } cause ? $", {Said(cause)}" : "");

    private static async Task<PollActivityTaskQueueResponse> TakeActivityAsync(ITemporalClient client, string id)
    {
        await AnswerAsync(client, await TakeAsync(client, id), [Activity(activity => activity.TaskQueue.Name = id)]);
        return await client.WorkflowService.PollActivityTaskQueueAsync(
            new() { Namespace = "default", TaskQueue = new() { Name = id } }, new() { Timeout = Limit });
    }
}

/// <summary>Calls beyond a limit, on the server in the box.</summary>
public sealed class BoxRequestLimitTests(BoxServer server) : RequestLimitContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Pages => ["0: 256 256 192", "100: 100 100 100 100 100 100 100 4", "300: 256 256 192"];

    [Fact]
    public Task Request_BeyondALimit_IsRefused() => RequestBeyondALimitIsRefusedAsync();

    [Fact]
    public Task AnswerOfAnActivity_ThatIsTooLarge_FailsItForGood() => AnswerOfAnActivityThatIsTooLargeFailsItForGoodAsync();

    [Fact]
    public Task Failure_OfAnActivity_IsThatOfAnApplication() => FailureOfAnActivityIsThatOfAnApplicationAsync();

    [Fact]
    public Task LargeFailure_WhileTheNextTryIsWaitedFor_IsCut() => LargeFailureIsCutWhileTheNextTryIsWaitedForAsync();

    [Fact]
    public Task History_Read_ComesInPages() => HistoryIsReadInPagesAsync();

    [Fact]
    public Task Workflow_StartedAgainAtOnce_IsNotHeldUp() => WorkflowIsStartedAgainAtOnceAsync();
}

/// <summary>Calls beyond a limit, on a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealRequestLimitTests(RealServer server) : RequestLimitContract(server.ConnectAsync)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<string> Pages => ["0: 704", "100: 704", "300: 704"];

    [LabFact]
    public Task Request_BeyondALimit_IsRefused() => RequestBeyondALimitIsRefusedAsync();

    [LabFact]
    public Task AnswerOfAnActivity_ThatIsTooLarge_FailsItForGood() => AnswerOfAnActivityThatIsTooLargeFailsItForGoodAsync();

    [LabFact]
    public Task Failure_OfAnActivity_IsThatOfAnApplication() => FailureOfAnActivityIsThatOfAnApplicationAsync();

    [LabFact]
    public Task LargeFailure_WhileTheNextTryIsWaitedFor_IsCut() => LargeFailureIsCutWhileTheNextTryIsWaitedForAsync();

    [LabFact]
    public Task History_Read_ComesInPages() => HistoryIsReadInPagesAsync();

    [LabFact]
    public Task Workflow_StartedAgainAtOnce_IsNotHeldUp() => WorkflowIsStartedAgainAtOnceAsync();
}
