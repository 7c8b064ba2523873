using Temporalio.Exceptions;
using Temporalio.Worker.Runs;
using Temporalio.Workflows;

namespace Temporalio.Tests.Replay;

/// <summary>Workflow code that leaves its scheduler, or holds it: the task fails, and the text says why.</summary>
public sealed class SchedulerLeakTests
{
    [Theory]
    [InlineData("Task.Run")]
    [InlineData("Task.Delay")]
    [InlineData("CancellationTokenSource")]
    [InlineData("Timer")]
    public async Task Leak_Noticed_FailsTheTaskAtOnce(string leak)
    {
        using SeamRun run = new(typeof(LeakyWorkflow));

        RunOutcome outcome = await run.WorkAsync(new HistoryBuilder().Started("LeakyWorkflow", leak).Task());

        InvalidWorkflowSchedulerException exception = Assert.IsType<InvalidWorkflowSchedulerException>(outcome.Exception);
        Assert.Contains("LeakyWorkflow.RunAsync", exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leak_InsideDisabledListening_Passes()
    {
        using SeamRun run = new(typeof(LeakyWorkflow));

        RunOutcome outcome = await run.WorkAsync(new HistoryBuilder().Started("LeakyWorkflow", "allowed").Task());

        Assert.Equal(["complete "], SeamRun.Commands(outcome));
    }

    [Fact]
    public async Task Task_CompletedByAnotherThread_FailsTheTaskWithoutListeningToo()
    {
        using SeamRun run = new(typeof(LeakyWorkflow), tracing: false);

        RunOutcome outcome = await run.WorkAsync(new HistoryBuilder().Started("LeakyWorkflow", "foreign").Task());

        Assert.IsType<InvalidWorkflowSchedulerException>(outcome.Exception);
        Assert.StartsWith("A task of the workflow was completed by a thread that is not the workflow's.", outcome.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_BlocksItsThread_FailsTheTaskAndFreesTheThread()
    {
        using SeamRun run = new(typeof(BlockingWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("BlockingWorkflow").Task();
        Assert.Empty(SeamRun.Commands(await run.WorkAsync(history)));

        using ManualResetEventSlim gate = BlockingWorkflow.Gate = new();
        history.TaskCompleted().Signaled("Block").Task();
        RunOutcome blocked = await run.WorkAsync(history, 4, []);
        gate.Set();

        Assert.StartsWith("[TMPRL1101] Potential deadlock detected: workflow BlockingWorkflow (id roll-1,", blocked.Exception!.Message, StringComparison.Ordinal);
        Assert.EndsWith("did not yield within 2 s. Workflow code must not block; compute and wait in activities.", blocked.Exception.Message, StringComparison.Ordinal);

        using SeamRun other = new(typeof(BlockingWorkflow));
        Assert.Empty(SeamRun.Commands(await other.WorkAsync(new HistoryBuilder().Started("BlockingWorkflow").Task())));
    }

    [Workflow]
    public sealed class LeakyWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync(string leak)
        {
            switch (leak)
            {
                case "Task.Run":
                    await Task.Run(() => { });
                    break;
                case "Task.Delay":
                    await Task.Delay(1);
                    break;
                case "CancellationTokenSource":
                    using (new CancellationTokenSource(1000))
                    {
                        await Workflow.DelayAsync(1);
                    }

                    break;
                case "Timer":
                    await using (new Timer(_ => { }, null, 1000, 1000))
                    {
                        await Workflow.DelayAsync(1);
                    }

                    break;
                case "allowed":
                    Workflow.Unsafe.WithTracingEventListenerDisabled(() => { _ = Task.Run(() => { }); });
                    break;
                case "foreign":
                    TaskCompletionSource source = new();
                    using (ManualResetEventSlim done = new())
                    {
                        Task waiting = WaitAsync(source.Task);
                        new Thread(() =>
                        {
                            source.SetResult();
                            done.Set();
                        }).Start();
                        done.Wait();
                        await waiting;
                    }

                    break;
            }
        }

        private static async Task WaitAsync(Task task) => await task;
    }

    [Workflow]
    public sealed class BlockingWorkflow
    {
        public static ManualResetEventSlim? Gate { get; set; }

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowSignal]
        public Task BlockAsync()
        {
            Gate!.Wait();
            return Task.CompletedTask;
        }
    }
}
