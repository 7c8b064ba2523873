using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>How runs begin, end, go on as new, get stuck and come free.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed partial class RunLifeTests(RealServer server)
{
    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Run_Cancelled_CleansUpAndEndsCancelled(int cached)
    {
        LiveWorkflows live = new(server, cached);
        await live.RunAsync(live.Options(typeof(CleaningWorkflow)), async () =>
        {
            WorkflowHandle handle = await live.StartAsync("CleaningWorkflow");
            Assert.Equal("waiting", await handle.QueryAsync<string>("State", []));
            await handle.CancelAsync();
            WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failed.InnerException);
            Assert.Equal("cleaned up", await handle.QueryAsync<string>("State", []));
            return [handle];
        });
    }

    [LabFact]
    public async Task Run_ContinuesAsNew_CarriesItsMemoOver()
    {
        LiveWorkflows live = new(server);
        await live.RunAsync(live.Options(typeof(CountingWorkflow)), async () =>
        {
            WorkflowHandle handle = await live.Client.StartWorkflowAsync(
                "CountingWorkflow", [0], new(RealServer.NewId("wf"), live.TaskQueue) { Memo = new Dictionary<string, object?> { ["owner"] = "sre" } });
            Assert.Equal("3 runs of sre, continued: True", await handle.GetResultAsync<string>());
            return [handle];
        });
    }

    [LabFact]
    public async Task Run_FailureException_FailsTheRunAndAnotherOnlyTheTask()
    {
        LiveWorkflows live = new(server);
        await live.RunAsync(live.Options(typeof(ThrowingWorkflow)), async () =>
        {
            WorkflowHandle failing = await live.StartAsync("ThrowingWorkflow", "failure");
            WorkflowFailedException failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => failing.GetResultAsync());
            Assert.Equal("Blocked", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);

            WorkflowHandle stuck = await live.StartAsync("ThrowingWorkflow", "bug");
            WorkflowTaskFailedEventAttributes task = await FirstTaskFailureAsync(stuck);
            Assert.Equal(WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure, task.Cause);
            Assert.Equal("bug", task.Failure.Message);
            Assert.Equal("ArithmeticException", task.Failure.ApplicationFailureInfo.Type);
            await stuck.TerminateAsync();
            return [failing];
        });
    }

    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Run_CodeChanged_IsStuckUntilTheOldCodeIsBack(int cached)
    {
        LiveWorkflows live = new(server, cached);
        WorkflowHandle handle = await live.StartAsync("Steps");
        await live.RunAsync(live.Options(typeof(OldSteps)), async () =>
        {
            Assert.Equal("old", await handle.QueryAsync<string>("Version", []));
            return [];
        });
        await live.RunAsync(live.Options(typeof(NewSteps)), async () =>
        {
            await handle.SignalAsync("Go", []);
            WorkflowTaskFailedEventAttributes task = await FirstTaskFailureAsync(handle);
            Assert.Equal(WorkflowTaskFailedCause.NonDeterministicError, task.Cause);
            Assert.Contains("history has event 5 TimerStarted (id 1), and the workflow made the command ScheduleActivityTask", task.Failure.Message, StringComparison.Ordinal);
            return [];
        });
        await live.RunAsync(live.Options(typeof(OldSteps)), async () =>
        {
            Assert.Equal("went", await handle.GetResultAsync<string>());
            return [handle];
        });
    }

    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Run_HistoryOfManyPages_IsReadToItsEnd(int cached)
    {
        const int Signals = 600;
        LiveWorkflows live = new(server, cached);
        WorkflowHandle handle = await live.StartAsync("AddingWorkflow");
        for (int sent = 0; sent < Signals; sent += 50)
        {
            await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => handle.SignalAsync("Add", [1]))).Within();
        }

        await live.RunAsync(live.Options(typeof(AddingWorkflow)), async () =>
        {
            Assert.Equal(Signals, await handle.QueryAsync<int>("Sum", []));
            await handle.SignalAsync("Finish", []);
            Assert.Equal(Signals, await handle.GetResultAsync<int>());
            return [handle];
        });
    }

    [LabFact]
    public async Task Cache_SmallerThanTheRuns_DropsTheOldestAndGoesOnFromHistory()
    {
        LiveWorkflows live = new(server, maxCachedWorkflows: 1);
        await live.RunAsync(live.Options(typeof(AddingWorkflow)), async () =>
        {
            WorkflowHandle[] handles = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => live.StartAsync("AddingWorkflow")));
            for (int round = 1; round <= 3; round++)
            {
                foreach (WorkflowHandle handle in handles)
                {
                    await handle.SignalAsync("Add", [1]);
                    Assert.Equal(round, await handle.QueryAsync<int>("Sum", []));
                }
            }

            await Task.WhenAll(handles.Select(handle => handle.SignalAsync("Finish", [])));
            int[] results = await Task.WhenAll(handles.Select(handle => handle.GetResultAsync<int>()));
            Assert.Equal([3, 3, 3, 3], results);
            return handles;
        });
    }

    [LabFact]
    public async Task Dynamic_WorkflowAndHandlers_TakeWhatHasNoOther()
    {
        LiveWorkflows live = new(server);
        await live.RunAsync(live.Options(typeof(AnyWorkflow)), async () =>
        {
            WorkflowHandle handle = await live.StartAsync("WhateverType", "a", 2);
            await handle.SignalAsync("hello", ["b"]);
            Assert.Equal("updated limit", await handle.ExecuteUpdateAsync<string>("limit", [3]));
            Assert.Equal("asked state", await handle.QueryAsync<string>("state", []));
            Assert.Equal("WhateverType(a, 2), hello(b), limit(3)", await handle.GetResultAsync<string>());
            return [handle];
        });
    }

    [LabFact]
    public async Task Init_Constructor_GetsTheArgumentsBeforeAnyHandler()
    {
        LiveWorkflows live = new(server);
        await live.RunAsync(live.Options(typeof(InitializedWorkflow)), async () =>
        {
            WorkflowHandle handle = await live.Client.StartWorkflowAsync(
                "InitializedWorkflow",
                ["kafka"],
                new(RealServer.NewId("wf"), live.TaskQueue) { StartSignal = "Note", StartSignalArgs = ["signal"] });
            Assert.Equal("kafka, signal, kafka", await handle.GetResultAsync<string>());
            return [handle];
        });
    }

    private static async Task<WorkflowTaskFailedEventAttributes> FirstTaskFailureAsync(WorkflowHandle handle)
    {
        await foreach (HistoryEvent e in handle.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (e.EventType == EventType.WorkflowTaskFailed)
            {
                return e.WorkflowTaskFailedEventAttributes;
            }
        }

        throw new InvalidOperationException("The history ended without a failed workflow task.");
    }
}
