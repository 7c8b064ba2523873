using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Tests.Worker;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>Workflows whose server goes away in the middle: they go on where they were, and do nothing twice.</summary>
[Trait("Category", "Lab")]
public sealed class WorkflowOutageTests(FragileServer server) : IClassFixture<FragileServer>
{
    [LabTheory]
    [InlineData("kill", 100)]
    [InlineData("kill", 0)]
    [InlineData("cut", 100)]
    [InlineData("swallow", 100)]
    public async Task Workflow_ServerAwayBetweenSteps_GoesOnAndDoesNothingTwice(string outage, int cached)
    {
        Steps steps = new();
        string queue = RealServer.NewId("queue");
        TemporalConnection connection = await TemporalConnection.ConnectAsync(new(server.ProxiedAddress));
        TemporalClient client = new(connection, new());
        TemporalWorkerOptions options = new TemporalWorkerOptions(queue) { MaxCachedWorkflows = cached }
            .AddAllActivities(steps).AddWorkflow<SteppingWorkflow>();
        using TemporalWorker worker = new(client, options);
        TemporalClient direct = new(server.Direct, new());
        WorkflowHistory history = await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle handle = await direct.StartWorkflowAsync("SteppingWorkflow", [], new(RealServer.NewId("wf"), queue));
            await steps.Reached.Task.Within();
            await BreakAsync(outage);
            steps.GoOn.SetResult();
            await MendAsync(outage);
            string result = await handle.GetResultAsync<string>();
            Assert.Equal("1, 2, 3", result);
            Assert.Equal([1, 2, 3], steps.Done);
            return await handle.FetchHistoryAsync();
        }).WaitAsync(TimeSpan.FromMinutes(2));

        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<SteppingWorkflow>());
        Assert.Null((await replayer.ReplayWorkflowAsync(history).Within()).ReplayFailure);
    }

    private Task BreakAsync(string outage) => outage switch
    {
        "kill" => server.KillAsync(),
        "cut" => server.CutAsync(),
        _ => server.SwallowAnswersAsync(),
    };

    private Task MendAsync(string outage) => outage switch
    {
        "kill" => server.RestartAsync(),
        "cut" => server.MendAsync(),
        _ => server.DeliverAnswersAsync(),
    };

    private sealed class Steps
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<int> Done { get; } = [];

        [Activity("step")]
        public async Task<int> StepAsync(int number)
        {
            if (number == 2)
            {
                Reached.TrySetResult();
                await GoOn.Task.Within();
            }

            Done.Add(number);
            return number;
        }
    }

    [Workflow]
    public sealed class SteppingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            List<int> done = [];
            for (int step = 1; step <= 3; step++)
            {
                done.Add(await Workflow.ExecuteActivityAsync<int>("step", [step], new()
                {
                    StartToCloseTimeout = TimeSpan.FromMinutes(1),
                    RetryPolicy = new() { MaximumAttempts = 1 },
                }));
                await Workflow.DelayAsync(10);
            }

            return string.Join(", ", done);
        }
    }
}
