using System.Diagnostics;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Tracing;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Orchestrator.Worker.Tests.Tracing;

/// <summary>Which spans a run on a real Temporal server makes, and how they hang together.</summary>
[Trait("Category", "Lab")]
[Collection(Spans.OneAtATime)]
public sealed class TraceInterceptorTests : IAsyncLifetime
{
    private static readonly string[] AllSpans =
    [
        "CompleteWorkflow:TracedChildWorkflow", "CompleteWorkflow:TracedWorkflow", "HandleSignal:Nudge", "HandleUpdate:Answer",
        "RunActivity:Fail", "RunActivity:Look", "RunActivity:Look", "RunWorkflow:TracedChildWorkflow", "RunWorkflow:TracedChildWorkflow",
        "RunWorkflow:TracedWorkflow", "SignalWorkflow:Nudge", "StartActivity:Fail", "StartActivity:Look", "StartActivity:Look",
        "StartChildWorkflow:TracedChildWorkflow", "StartWorkflow:TracedWorkflow", "UpdateWorkflow:Answer", "ValidateUpdate:Answer",
    ];

    private readonly string _queue = $"traced-{Guid.NewGuid():N}";
    private LabServers _servers = null!;
    private TemporalClient _client = null!;

    public async Task InitializeAsync()
    {
        _servers = await LabServers.StartAsync("temporal");
        _client = await TemporalClient.ConnectAsync(new(_servers.TemporalAddress) { Interceptors = [new TraceInterceptor()] });
    }

    public async Task DisposeAsync() => await _servers.DisposeAsync();

    [LabFact]
    public async Task Run_IsOneTraceFromTheClientToTheLastActivity()
    {
        using Spans spans = new();
        (string result, string answer, _) = await RunAsync(cachedWorkflows: 100);

        Assert.Equal(
            """
            SignalWorkflow:Nudge
            StartWorkflow:TracedWorkflow
              HandleSignal:Nudge
              HandleUpdate:Answer
                StartActivity:Look
                  RunActivity:Look
              RunWorkflow:TracedWorkflow
                CompleteWorkflow:TracedWorkflow
                StartActivity:Look
                  RunActivity:Look
                StartChildWorkflow:TracedChildWorkflow
                  RunWorkflow:TracedChildWorkflow
                    RunWorkflow:TracedChildWorkflow
                      CompleteWorkflow:TracedChildWorkflow
                      StartActivity:Fail
                        RunActivity:Fail
              ValidateUpdate:Answer
            UpdateWorkflow:Answer

            """,
            spans.Tree());
        Assert.Equal(spans.Single("SignalWorkflow:Nudge").SpanId, LinkOf(spans.Single("HandleSignal:Nudge")));
        Assert.Equal(spans.Single("UpdateWorkflow:Answer").SpanId, LinkOf(spans.Single("HandleUpdate:Answer")));
        Assert.Equal(
            (ActivityStatusCode.Error, "It is broken."),
            (spans.Single("RunActivity:Fail").Status, spans.Single("RunActivity:Fail").StatusDescription));

        // What an activity calls finds the activity's own span, and no other.
        Activity[] looks = [.. spans.Ended.Where(span => span.DisplayName == "RunActivity:Look")];
        Assert.Equal(
            looks.Select(look => $"{look.SpanId}").Order(StringComparer.Ordinal),
            new[] { result.Split('@', ' ')[1], answer.Split('@')[1] }.Order(StringComparer.Ordinal));
    }

    [LabFact]
    public async Task Replay_AtEveryTask_MakesNoSpanTwiceAndLeavesTheTraceWhole()
    {
        using Spans spans = new();
        await RunAsync(cachedWorkflows: 0);

        Assert.Equal(AllSpans, spans.Names);
        Assert.Equal(
            3, spans.Ended.Select(span => span.TraceId).Distinct().Count()); // The run, and the two who sent it something.
    }

    [LabFact]
    public async Task History_ReplayedWhole_MakesNoSpan()
    {
        using Spans before = new();
        string id = (await RunAsync(cachedWorkflows: 100)).Id;
        WorkflowHistory history = await _client.GetWorkflowHandle(id).FetchHistoryAsync();
        using Spans spans = new();

        await new WorkflowReplayer(new WorkflowReplayerOptions { Interceptors = [new TraceInterceptor()] }.AddWorkflow<TracedWorkflow>())
            .ReplayWorkflowAsync(history);

        Assert.NotEmpty(before.Names);
        Assert.Empty(spans.Names);
    }

    [LabFact]
    public async Task Header_IsTheOneOfTemporalsOwnExtension()
    {
        using Spans spans = new();
        string id = (await RunAsync(cachedWorkflows: 100)).Id;
        HistoryEvent started = (await _client.GetWorkflowHandle(id).FetchHistoryAsync()).Events.First();
        Payload payload = Assert.Single(
            started.WorkflowExecutionStartedEventAttributes.Header.Fields, field => field.Key == "_tracer-data").Value;

        Activity start = spans.Single("StartWorkflow:TracedWorkflow");
        Assert.Equal($$"""{"traceparent":"00-{{start.TraceId}}-{{start.SpanId}}-01"}""", payload.Data.ToStringUtf8());
    }

    [LabFact]
    public async Task WithoutAListener_NothingIsAddedToTheHistory()
    {
        string id = (await RunAsync(cachedWorkflows: 100)).Id;
        WorkflowHistory history = await _client.GetWorkflowHandle(id).FetchHistoryAsync();

        Assert.DoesNotContain("_tracer-data", history.ToJson(), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task Query_IsPartOfTheTraceOfWhoAsks_OrOfNone()
    {
        using Spans spans = new();
        using ActivitySource asker = new(TraceInterceptor.SourceName);
        string id = (await RunAsync(cachedWorkflows: 100)).Id;
        using TemporalWorker worker = Worker(cachedWorkflows: 100);
        await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<TracedWorkflow> handle = _client.GetWorkflowHandle<TracedWorkflow>(id);
            using Activity? asks = asker.StartActivity("asks");
            Assert.True(await handle.QueryAsync(workflow => workflow.Answered()));
        });

        Assert.EndsWith("asks\n  QueryWorkflow:Answered\n    HandleQuery:Answered\n", spans.Tree(), StringComparison.Ordinal);
    }

    [LabFact]
    public async Task RefusedUpdate_IsTold_AsTheSpanOfItsValidator()
    {
        using Spans spans = new();
        using TemporalWorker worker = Worker(cachedWorkflows: 100);
        await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<TracedWorkflow, string> handle = await StartAsync();
            await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(workflow => workflow.AnswerAsync("")));
            await handle.TerminateAsync();
        });

        Activity refusal = spans.Single("ValidateUpdate:Answer");
        Assert.Equal((ActivityStatusCode.Error, "The answer is empty."), (refusal.Status, refusal.StatusDescription));
        Assert.DoesNotContain("HandleUpdate:Answer", spans.Names);
    }

    private static ActivitySpanId LinkOf(Activity span) => Assert.Single(span.Links).Context.SpanId;

    private Task<WorkflowHandle<TracedWorkflow, string>> StartAsync() =>
        _client.StartWorkflowAsync((TracedWorkflow workflow) => workflow.RunAsync(), new($"traced-{Guid.NewGuid():N}", _queue));

    private TemporalWorker Worker(int cachedWorkflows) => new(
        _client,
        new TemporalWorkerOptions(_queue) { MaxCachedWorkflows = cachedWorkflows }
            .AddWorkflow<TracedWorkflow>()
            .AddWorkflow<TracedChildWorkflow>()
            .AddActivity(TracedActivities.Look)
            .AddActivity(TracedActivities.Fail));

    private async Task<(string Result, string Answer, string Id)> RunAsync(int cachedWorkflows)
    {
        using TemporalWorker worker = Worker(cachedWorkflows);
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle<TracedWorkflow, string> handle = await StartAsync();

            // Watching leaves no trace.
            await handle.QueryAsync(workflow => workflow.Answered());
            await handle.SignalAsync(workflow => workflow.NudgeAsync());
            string answer = await handle.ExecuteUpdateAsync(workflow => workflow.AnswerAsync("second"));
            return (await handle.GetResultAsync(), answer, handle.Id);
        });
    }
}
