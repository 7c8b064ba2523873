using Orchestrator.Lab.Servers;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Client;

[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class WorkflowResultTests(RealServer server) : ClientTest(server)
{
    [LabFact]
    public async Task Result_OfACompletedWorkflow_IsItsValue()
    {
        WorkflowHandle handle = await StartAsync();
        Task<string> result = handle.GetResultAsync<string>();

        await Worker.CompleteAsync("done");

        Assert.Equal("done", await result.Within());
    }

    [LabFact]
    public async Task Result_OfAFailedWorkflow_IsItsFailureWithTheCause()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.FailAsync(new()
        {
            Message = "blocked",
            ApplicationFailureInfo = new() { Type = "UnderReplicated", Details = ScriptedWorker.ToPayloads("orders") },
            Cause = new() { Message = "cause", ApplicationFailureInfo = new() },
        });

        WorkflowFailedException error = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        ApplicationFailureException failure = Assert.IsType<ApplicationFailureException>(error.InnerException);
        Assert.Equal(
            ("blocked", "UnderReplicated", "orders", "cause"),
            (failure.Message, failure.ErrorType, failure.Details.ElementAt<string>(0), failure.InnerException!.Message));
    }

    [LabFact]
    public async Task Result_OfACancelledWorkflow_IsACancellation()
    {
        WorkflowHandle handle = await StartAsync();
        await handle.CancelAsync();
        await Worker.CancelAsync("stopped");

        WorkflowFailedException error = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.Equal("stopped", Assert.IsType<CanceledFailureException>(error.InnerException).Details.ElementAt<string>(0));
    }

    [LabFact]
    public async Task Result_OfATerminatedWorkflow_NamesReasonAndDetails()
    {
        WorkflowHandle handle = await StartAsync();
        await handle.TerminateAsync("wrong cluster", new() { Details = ["CHG-1"] });

        WorkflowFailedException error = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        TerminatedFailureException failure = Assert.IsType<TerminatedFailureException>(error.InnerException);
        Assert.Equal(("wrong cluster", "CHG-1"), (failure.Message, failure.Details!.ElementAt<string>(0)));
    }

    [LabFact]
    public async Task Result_OfAWorkflowThatTimedOut_IsATimeout()
    {
        WorkflowHandle handle = await StartAsync(new(Id, TaskQueue) { RunTimeout = TimeSpan.FromSeconds(1) });

        WorkflowFailedException error = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync()).Within();

        Assert.Equal(TimeoutType.StartToClose, Assert.IsType<TimeoutFailureException>(error.InnerException).TimeoutType);
    }

    [LabFact]
    public async Task Result_OfAChainOfRuns_IsThatOfTheLastRun()
    {
        WorkflowHandle handle = await StartAsync();
        await Worker.ContinueAsNewAsync("Roll");
        await Worker.CompleteAsync(2);

        Assert.Equal(2, await handle.GetResultAsync<int>());
        WorkflowContinuedAsNewException error =
            await Assert.ThrowsAsync<WorkflowContinuedAsNewException>(() => handle.GetResultAsync<int>(followRuns: false));
        Assert.Equal(2, await Client.GetWorkflowHandle(Id, error.NewRunId).GetResultAsync<int>());
    }

    [LabFact]
    public async Task Result_OfANamedRun_IsNotThatOfALaterOne()
    {
        WorkflowHandle first = await StartAsync();
        await Worker.CompleteAsync(1);
        await StartAsync();
        await Worker.CompleteAsync(2);

        Assert.Equal(1, await Client.GetWorkflowHandle(Id, first.ResultRunId).GetResultAsync<int>());
        Assert.Equal(2, await Client.GetWorkflowHandle(Id).GetResultAsync<int>());
    }

    [LabFact]
    public async Task Wait_ForAResult_EndsWithTheCallersToken()
    {
        WorkflowHandle handle = await StartAsync();
        using CancellationTokenSource cancel = new();
        Task result = handle.GetResultAsync(rpcOptions: new() { CancellationToken = cancel.Token });

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => result.Within());
    }

    [LabFact]
    public async Task History_Fetched_HoldsAllEventsUntilTheEnd()
    {
        WorkflowHandle handle = await StartAsync();
        List<EventType> seen = [];
        Task fetch = Task.Run(async () =>
        {
            await foreach (Temporalio.Api.History.V1.HistoryEvent e in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
            {
                seen.Add(e.EventType);
            }
        });
        await Worker.CompleteAsync(null);

        await fetch.Within();

        Assert.Equal(
            [
                EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted,
                EventType.WorkflowTaskCompleted, EventType.WorkflowExecutionCompleted,
            ],
            seen);
    }
}
