using Orchestrator.Lab.Servers;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace Temporalio.Tests.Workflows;

/// <summary>What workflow code sees of its activities' ends.</summary>
[Trait("Category", "Lab")]
[Collection(RealServer.Collection)]
public sealed class ActivityCallTests(RealServer server)
{
    [LabTheory]
    [InlineData(100)]
    [InlineData(0)]
    public async Task Activity_Fails_ThrowsWithRetryStateAndCause(int cached)
    {
        LiveWorkflows live = new(server, cached);
        string seen = await live.ResultAsync<string>(WithActivities(live.Options(typeof(FailingWorkflow))), "FailingWorkflow", "Blocked");

        Assert.Equal("fail: MaximumAttemptsReached, caused by Blocked: ISR 1 of 3 (orders-7)", seen);
    }

    [LabFact]
    public async Task Activity_TimesOut_ThrowsWithATimeoutAsCause()
    {
        LiveWorkflows live = new(server);
        string seen = await live.ResultAsync<string>(live.Options(typeof(FailingWorkflow)), "FailingWorkflow", "nobody takes it");

        Assert.Equal("fail: Timeout, caused by ScheduleToStart", seen);
    }

    [LabTheory]
    [InlineData(ActivityCancellationType.TryCancel, "cancelled; still running")]
    [InlineData(ActivityCancellationType.Abandon, "cancelled; still running")]
    [InlineData(ActivityCancellationType.WaitCancellationCompleted, "cancelled; ended")]
    public async Task Activity_Cancelled_EndsAsItsTypeSays(ActivityCancellationType type, string expected)
    {
        LiveWorkflows live = new(server);
        string seen = await live.ResultAsync<string>(WithActivities(live.Options(typeof(CancellingWorkflow))), "CancellingWorkflow", type);

        Assert.Equal(expected, seen);
    }

    private static TemporalWorkerOptions WithActivities(TemporalWorkerOptions options) =>
        options.AddActivity(Activities.Fail).AddActivity(Activities.WaitAsync).AddActivity(Activities.IsRunning);

    private static class Activities
    {
        private static int _running;

        [Activity("fail")]
        public static string Fail(string type) => type == "fine"
            ? "fine"
            : throw new ApplicationFailureException("ISR 1 of 3", type, details: ["orders-7"]);

        [Activity("wait")]
        public static async Task WaitAsync()
        {
            Interlocked.Increment(ref _running);
            ActivityExecutionContext context = ActivityExecutionContext.Current;
            try
            {
                while (true)
                {
                    context.Heartbeat();
                    await Task.Delay(50, context.CancellationToken);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }

        [Activity("isRunning")]
        public static bool IsRunning() => _running > 0;
    }

    [Workflow]
    public sealed class FailingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string type)
        {
            try
            {
                return await Workflow.ExecuteActivityAsync<string>("fail", [type], new()
                {
                    StartToCloseTimeout = TimeSpan.FromSeconds(20),
                    ScheduleToStartTimeout = TimeSpan.FromSeconds(1),
                    RetryPolicy = new() { MaximumAttempts = 1 },
                });
            }
            catch (ActivityFailureException e)
            {
                string cause = e.InnerException switch
                {
                    ApplicationFailureException a => $"{a.ErrorType}: {a.Message} ({a.Details.ElementAt<string>(0)})",
                    TimeoutFailureException t => t.TimeoutType.ToString(),
                    { } other => other.ToString(),
                    null => "nothing",
                };
                return $"{e.ActivityType}: {e.RetryState}, caused by {cause}";
            }
        }
    }

    [Workflow]
    public sealed class CancellingWorkflow
    {
        private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

        [WorkflowRun]
        public async Task<string> RunAsync(ActivityCancellationType type)
        {
            using CancellationTokenSource source = new();
            Task waiting = Workflow.ExecuteActivityAsync("wait", [], new()
            {
                StartToCloseTimeout = Timeout,
                HeartbeatTimeout = TimeSpan.FromSeconds(1),
                CancellationType = type,
                CancellationToken = source.Token,
            });
            while (!await Workflow.ExecuteActivityAsync<bool>("isRunning", [], new() { StartToCloseTimeout = Timeout }))
            {
                await Workflow.DelayAsync(10);
            }

            CancelHere(source);
            string seen = "not cancelled";
            try
            {
                await waiting;
            }
            catch (Exception e) when (TemporalException.IsCanceledException(e))
            {
                seen = "cancelled";
            }

            bool isRunning = await Workflow.ExecuteActivityAsync<bool>("isRunning", [], new() { StartToCloseTimeout = Timeout });
            return $"{seen}; {(isRunning ? "still running" : "ended")}";
        }

        // Cancelling asynchronously would leave the workflow's thread.
        private static void CancelHere(CancellationTokenSource source) => source.Cancel();
    }
}
