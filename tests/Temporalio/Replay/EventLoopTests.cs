using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Protocol.V1;
using Temporalio.Workflows;
using Duration = System.TimeSpan;

namespace Temporalio.Tests.Replay;

/// <summary>The order in which workflow code runs. Histories depend on it, so it may never change.</summary>
public sealed class EventLoopTests
{
    [Fact]
    public async Task FirstTask_SignalAndUpdate_RunBeforeTheBodyInOrderOfArrival()
    {
        using SeamRun run = new(typeof(OrderWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("OrderWorkflow").Signaled("Note", "a").Signaled("Note", "b").Task();

        var outcome = await run.WorkAsync(history, Message("u1", "Change", history.Last - 1, "c"));

        Assert.Equal(
            ["message u1/request/accept", "message u1/request/complete", """complete "constructor, a, b, c, body" """.Trim()],
            SeamRun.Commands(outcome));
    }

    [Fact]
    public async Task SecondTask_SignalAfterTimer_RunsBeforeTheTimersContinuation()
    {
        using SeamRun run = new(typeof(TimerOrderWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("TimerOrderWorkflow").Task();
        Assert.Equal(["timer 1 1000 ms"], SeamRun.Commands(await run.WorkAsync(history)));

        history.TaskCompleted().TimerStarted("1").TimerFired("1", 5).Signaled("Note", "a").Task();

        Assert.Equal(["""complete "a, timer" """.Trim()], SeamRun.Commands(await run.WorkAsync(history, 4, [])));
    }

    [Fact]
    public async Task Conditions_SeveralTrueAtOnce_AreToldOneByOneInTheOrderOfTheirMaking()
    {
        using SeamRun run = new(typeof(ConditionsWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("ConditionsWorkflow").Signaled("Open").Task();

        // Each takes back what the others wait for, so only the first of each round goes on.
        Assert.Equal(["""complete "0, 1, 2" """.Trim()], SeamRun.Commands(await run.WorkAsync(history)));
    }

    [Fact]
    public async Task Calls_InOneTask_BecomeCommandsInTheirOrder()
    {
        using SeamRun run = new(typeof(ManyCallsWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("ManyCallsWorkflow").Task();

        Assert.Equal(
            [
                "activity restart", "timer 1 1 ms", "child c-1", "signal Go", "cancel workflow other", "upsert Region", "memo owner",
                "marker core_patch", "upsert TemporalChangeVersion", "timer 2 60000 ms",
            ],
            SeamRun.Commands(await run.WorkAsync(history)));
    }

    [Fact]
    public async Task Cancel_BeforeTheCommandIsSent_DropsIt()
    {
        using SeamRun run = new(typeof(CancelBeforeSentWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("CancelBeforeSentWorkflow").Task();

        Assert.Equal(
            ["""complete "activity CanceledFailureException, timer TaskCanceledException, child CanceledFailureException, signal CanceledFailureException" """.Trim()],
            SeamRun.Commands(await run.WorkAsync(history)));
    }

    [Fact]
    public async Task Mutex_SeveralWaiting_ServesThemInOrderAndOneAtATime()
    {
        using SeamRun run = new(typeof(MutexWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("MutexWorkflow").Task();
        Assert.Equal(["timer 1 1000 ms", "timer 2 5000 ms"], SeamRun.Commands(await run.WorkAsync(history)));

        history.TaskCompleted().TimerStarted("1").TimerStarted("2").TimerFired("1", 5).Task();
        Assert.Equal(["cancel timer 2", "timer 3 1000 ms"], SeamRun.Commands(await run.WorkAsync(history, 4, [])));

        history.TaskCompleted().TimerCanceled("2", 6).TimerStarted("3").TimerFired("3", 12).Task();
        Assert.Equal(["timer 4 1000 ms"], SeamRun.Commands(await run.WorkAsync(history, 10, [])));
    }

    [Fact]
    public async Task Signals_WithoutHandler_WaitForOneInOrder()
    {
        using SeamRun run = new(typeof(LateHandlerWorkflow));
        HistoryBuilder history = new HistoryBuilder()
            .Started("LateHandlerWorkflow").Signaled("late", "1").Signaled("other", "2").Signaled("late", "3").Task();

        Assert.Equal(["""complete "late 1, late 3, any other" """.Trim()], SeamRun.Commands(await run.WorkAsync(history)));
    }

    private static Message Message(string id, string name, long sequencing, params object?[] arguments) => new()
    {
        Id = $"{id}/request",
        ProtocolInstanceId = id,
        EventId = sequencing,
        Body = Any.Pack(HistoryBuilder.Request(id, name, arguments)),
    };

    [Workflow]
    public sealed class OrderWorkflow
    {
        private readonly List<string> _seen = ["constructor"];

        [WorkflowRun]
        public Task<string> RunAsync()
        {
            _seen.Add("body");
            return Task.FromResult(string.Join(", ", _seen));
        }

        [WorkflowSignal]
        public Task NoteAsync(string note)
        {
            _seen.Add(note);
            return Task.CompletedTask;
        }

        [WorkflowUpdate]
        public Task ChangeAsync(string note) => NoteAsync(note);
    }

    [Workflow]
    public sealed class TimerOrderWorkflow
    {
        private readonly List<string> _seen = [];

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.DelayAsync(1000);
            _seen.Add("timer");
            return string.Join(", ", _seen);
        }

        [WorkflowSignal]
        public Task NoteAsync(string note)
        {
            _seen.Add(note);
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class ConditionsWorkflow
    {
        private readonly List<int> _seen = [];
        private bool _isOpen;

        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await Workflow.WhenAllAsync(Enumerable.Range(0, 3).Select(PassAsync));
            return string.Join(", ", _seen);
        }

        [WorkflowSignal]
        public Task OpenAsync()
        {
            _isOpen = true;
            return Task.CompletedTask;
        }

        private async Task PassAsync(int number)
        {
            await Workflow.WaitConditionAsync(() => _isOpen && _seen.Count <= number);
            _seen.Add(number);
        }
    }

    [Workflow]
    public sealed class ManyCallsWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            _ = Workflow.ExecuteActivityAsync("restart", [], new() { StartToCloseTimeout = Duration.FromSeconds(1) });
            _ = Workflow.DelayAsync(0);
            _ = Workflow.DelayAsync(Timeout.InfiniteTimeSpan);
            _ = Workflow.StartChildWorkflowAsync("Child", [], new() { Id = "c-1" });
            _ = Workflow.GetExternalWorkflowHandle("other").SignalAsync("Go", []);
            _ = Workflow.GetExternalWorkflowHandle("other").CancelAsync();
            Workflow.UpsertTypedSearchAttributes(Temporalio.Common.SearchAttributeKey.CreateKeyword("Region").ValueSet("eu"));
            Workflow.UpsertMemo(MemoUpdate.ValueSet("owner", "sre"));
            Assert.True(Workflow.Patched("faster"));
            Assert.True(Workflow.Patched("faster"));
            await Workflow.WaitConditionAsync(() => false, Duration.FromMinutes(1));
        }
    }

    [Workflow]
    public sealed class CancelBeforeSentWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            using CancellationTokenSource source = new();
            List<string> ended = [];
            Task[] tasks =
            [
                NoteAsync("activity", () => Workflow.ExecuteActivityAsync(
                    "restart", [], new() { StartToCloseTimeout = Duration.FromSeconds(1), CancellationToken = source.Token })),
                NoteAsync("timer", () => Workflow.DelayAsync(1000, source.Token)),
                NoteAsync("child", () => Workflow.StartChildWorkflowAsync("Child", [], new() { CancellationToken = source.Token })),
                NoteAsync("signal", () => Workflow.GetExternalWorkflowHandle("other").SignalAsync(
                    "Go", [], new() { CancellationToken = source.Token })),
            ];
            await Workflow.RunTaskAsync(() => Task.CompletedTask);
            CancelHere(source);
            await Workflow.WhenAllAsync(tasks);
            return string.Join(", ", ended.Order(StringComparer.Ordinal).OrderBy(text => Array.FindIndex(
                ["activity", "timer", "child", "signal"], kind => text.StartsWith(kind, StringComparison.Ordinal))));

            async Task NoteAsync(string kind, Func<Task> call)
            {
                try
                {
                    await call();
                }
                catch (Exception e)
                {
                    Exception reason = e is Temporalio.Exceptions.ActivityFailureException or Temporalio.Exceptions.ChildWorkflowFailureException ? e.InnerException! : e;
                    ended.Add($"{kind} {reason.GetType().Name}");
                }
            }
        }
    }

    // Cancelling asynchronously would leave the workflow's thread.
    private static void CancelHere(CancellationTokenSource source) => source.Cancel();

    [Workflow]
    public sealed class MutexWorkflow
    {
        [WorkflowRun]
        public async Task RunAsync()
        {
            Temporalio.Workflows.Mutex mutex = new();
            await Workflow.WhenAllAsync(HoldAsync(mutex), HoldAsync(mutex, Duration.FromSeconds(5)), HoldAsync(mutex));
        }

        private static async Task HoldAsync(Temporalio.Workflows.Mutex mutex, Duration? patience = null)
        {
            Assert.True(await mutex.WaitOneAsync(patience ?? Timeout.InfiniteTimeSpan));
            await Workflow.DelayAsync(1000);
            mutex.ReleaseMutex();
        }
    }

    [Workflow]
    public sealed class LateHandlerWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            List<string> seen = [];
            await Workflow.RunTaskAsync(() => Task.CompletedTask);
            Workflow.Signals["late"] = WorkflowSignalDefinition.CreateWithoutAttribute("late", (string value) =>
            {
                seen.Add($"late {value}");
                return Task.CompletedTask;
            });
            await Workflow.WaitConditionAsync(() => seen.Count == 2);
            Workflow.DynamicSignal = WorkflowSignalDefinition.CreateWithoutAttribute(null, (string name, Temporalio.Converters.IRawValue[] values) =>
            {
                seen.Add($"any {name}");
                return Task.CompletedTask;
            });
            await Workflow.WaitConditionAsync(() => seen.Count == 3);
            return string.Join(", ", seen);
        }
    }
}
