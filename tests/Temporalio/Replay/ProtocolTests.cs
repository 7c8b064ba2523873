using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker.Runs;
using Temporalio.Workflows;

namespace Temporalio.Tests.Replay;

/// <summary>What goes out with a task beside its commands: messages of updates, answers to queries, flags.</summary>
public sealed class ProtocolTests
{
    [Fact]
    public async Task FirstAnswer_NewRun_WritesTheFlagsThatItReliesOnOnce()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task();

        RunOutcome first = await run.WorkAsync(history);
        history.TaskCompleted().Signaled("Nothing").Task();
        RunOutcome second = await run.WorkAsync(history, 4, []);

        Assert.Equal([1U, 2U, 3U], first.Answer!.SdkMetadata.CoreUsedFlags);
        Assert.Equal([2U], first.Answer.SdkMetadata.LangUsedFlags);
        Assert.Equal("temporal-dotnet", first.Answer.SdkMetadata.SdkName);
        Assert.Equal(new WorkflowTaskCompletedMetadata(), second.Answer!.SdkMetadata);
    }

    [Fact]
    public async Task Update_Accepted_SendsItsMessagesAtTheirPlaceAmongTheCommands()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = await IdleAsync(run);

        RunOutcome outcome = await run.WorkAsync(history, 4, [], Message("u1", "SetLimit", history.Last - 1, 5));

        Assert.Equal(["message u1/request/accept", "timer 2 100 ms"], SeamRun.Commands(outcome));
        Acceptance acceptance = outcome.Answer!.Messages.Single().Body.Unpack<Acceptance>();
        Assert.Equal("u1/request", acceptance.AcceptedRequestMessageId);
        Assert.Equal(history.Last - 1, acceptance.AcceptedRequestSequencingEventId);
        Assert.Equal("SetLimit", acceptance.AcceptedRequest.Input.Name);
    }

    [Theory]
    [InlineData("SetLimit", -1, "a limit of -1 is negative")]
    [InlineData("SetLimit", "many", "Update SetLimit was given an argument 1 that is no Int32")]
    [InlineData("SetFloor", 1, "Update handler for SetFloor expected but not found, known updates: [SetLimit]")]
    public async Task Update_NotAcceptable_IsRejectedWithoutACommand(string name, object argument, string reason)
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = await IdleAsync(run);

        RunOutcome outcome = await run.WorkAsync(history, 4, [], Message("u1", name, history.Last - 1, argument));

        Assert.Empty(SeamRun.Commands(outcome));
        Rejection rejection = outcome.Answer!.Messages.Single().Body.Unpack<Rejection>();
        Assert.StartsWith(reason, rejection.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ComesToAnEvictedRunAfterATaskWithoutCommands_SeesWhatThatTaskDid()
    {
        using SeamRun run = new(typeof(LateHandlerWorkflow));
        HistoryBuilder history = new HistoryBuilder()
            .Started("LateHandlerWorkflow").Task().TaskCompleted().TimerStarted("1").TimerFired("1", 5).Task().TaskCompleted().Task();

        RunOutcome outcome = await run.WorkAsync(history, Message("u1", "End", history.Last - 1));

        Assert.Equal(["message u1/request/accept", "message u1/request/complete", "complete "], SeamRun.Commands(outcome));
    }

    [Fact]
    public async Task Update_RejectedInADroppedTask_LeavesTheRunWhereItWas()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = await IdleAsync(run);
        RunOutcome rejected = await run.WorkAsync(history, 4, [], Message("u1", "SetLimit", history.Last - 1, -1));
        Assert.Empty(SeamRun.Commands(rejected));

        // The server drops the task's two events and gives their ids away again; it sends event 5 once more.
        run.Run.Machines.ResetTo(3);
        HistoryBuilder next = new HistoryBuilder().Started("LimitWorkflow").Task().TaskCompleted().TimerStarted("1").TimerFired("1", 5).Task();
        RunOutcome outcome = await run.WorkAsync(next, 4, []);

        Assert.Equal(["complete 0"], SeamRun.Commands(outcome));
    }

    [Fact]
    public async Task Update_InHistory_RunsWithoutItsValidatorInTheTaskThatTookIt()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task().TaskCompleted().TimerStarted("1").Task()
            .TaskCompleted().UpdateAccepted("u1", "SetLimit", 6, -7).TimerStarted("2").TimerFired("2", 10).Task()
            .TaskCompleted().UpdateCompleted("u1", 9, 0).TimerFired("1", 5).Task();

        Assert.Equal(["complete -7"], SeamRun.Commands(await run.WorkAsync(history)));
    }

    [Theory]
    [InlineData("ThrowsFailure", WorkflowTaskFailedCause.Unspecified)]
    [InlineData("ThrowsOther", WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure)]
    public async Task Update_HandlerThrows_FailsTheUpdateOrTheTask(string name, WorkflowTaskFailedCause cause)
    {
        using SeamRun run = new(typeof(ThrowingUpdateWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("ThrowingUpdateWorkflow").Task();

        RunOutcome outcome = await run.WorkAsync(history, Message("u1", name, history.Last - 1));

        Assert.Equal(cause, outcome.Cause);
        if (cause == WorkflowTaskFailedCause.Unspecified)
        {
            Assert.Equal(["message u1/request/accept", "message u1/request/complete"], SeamRun.Commands(outcome));
            Assert.Equal("blocked", outcome.Answer!.Messages[1].Body.Unpack<Response>().Outcome.Failure.Message);
        }
        else
        {
            Assert.Equal("bug", outcome.Failure!.Message);
        }
    }

    [Fact]
    public async Task Query_AttachedToATask_IsAnsweredAfterIt()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task();

        RunOutcome outcome = await run.WorkAsync(history, 1, [("q1", new() { QueryType = "Limit" }), ("q2", new() { QueryType = "Floor" })]);

        Assert.Equal(["timer 1 60000 ms"], SeamRun.Commands(outcome));
        Assert.Equal("0", outcome.QueryAnswers[0].Answer!.Data.ToStringUtf8());
        Assert.Equal("Query handler for Floor expected but not found, known queries: [Limit Naughty]", outcome.QueryAnswers[1].Failure!.Message);
    }

    [Fact]
    public async Task QueryAlone_HistoryHasWhatNoTaskHasToldYet_IsNotAheadOfTheRun()
    {
        using SeamRun run = new(typeof(LateHandlerWorkflow));
        HistoryBuilder history = new HistoryBuilder()
            .Started("LateHandlerWorkflow").Task().TaskCompleted().TimerStarted("1").TimerFired("1", 5);

        RunOutcome before = await run.WorkAsync(history, 1, [("q1", new() { QueryType = "CanEnd" })]);
        history.Task();
        RunOutcome after = await run.WorkAsync(history, 1, [("q2", new() { QueryType = "CanEnd" })]);

        Assert.Equal("false", before.QueryAnswers.Single().Answer!.Data.ToStringUtf8());
        Assert.Null(before.Answer);
        Assert.Equal("true", after.QueryAnswers.Single().Answer!.Data.ToStringUtf8());
    }

    [Fact]
    public async Task QueryAlone_LastTaskMadeNoCommands_SeesWhatItTold()
    {
        using SeamRun run = new(typeof(CountingWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("CountingWorkflow").Task().TaskCompleted().Signaled("Count").Task().TaskCompleted();

        RunOutcome outcome = await run.WorkAsync(history, 1, [("q1", new() { QueryType = "Counted" })]);

        Assert.Equal("1", outcome.QueryAnswers.Single().Answer!.Data.ToStringUtf8());
    }

    [Fact]
    public async Task Query_ThatMakesCommands_FailsTheTask()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task();

        RunOutcome outcome = await run.WorkAsync(history, 1, [("q1", new() { QueryType = "Naughty" })]);

        Assert.Equal("The handler of query Naughty did more than to look: it made commands.", outcome.Failure!.Message);
    }

    [Fact]
    public async Task Query_OfTheSdk_TellsHandlersDetailsAndStacks()
    {
        using SeamRun run = new(typeof(LimitWorkflow));
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task();

        RunOutcome outcome = await run.WorkAsync(
            history, 1, [("q1", new() { QueryType = "__temporal_workflow_metadata" }), ("q2", new() { QueryType = "__stack_trace" })]);

        WorkflowMetadata metadata = DataConverter.Default.PayloadConverter.ToValue<WorkflowMetadata>(outcome.QueryAnswers[0].Answer!);
        Assert.Equal("waiting for a limit", metadata.CurrentDetails);
        Assert.Equal("LimitWorkflow", metadata.Definition.Type);
        Assert.Equal(["Limit", "Naughty"], metadata.Definition.QueryDefinitions.Select(query => query.Name));
        Assert.Equal("the limit that holds", metadata.Definition.QueryDefinitions[0].Description);
        Assert.Equal(["SetLimit"], metadata.Definition.UpdateDefinitions.Select(update => update.Name));
        string stacks = DataConverter.Default.PayloadConverter.ToValue<string>(outcome.QueryAnswers[1].Answer!);
        Assert.Contains("LimitWorkflow.RunAsync", stacks, StringComparison.Ordinal);
    }

    private static async Task<HistoryBuilder> IdleAsync(SeamRun run)
    {
        HistoryBuilder history = new HistoryBuilder().Started("LimitWorkflow").Task();
        Assert.Equal(["timer 1 60000 ms"], SeamRun.Commands(await run.WorkAsync(history)));
        return history.TaskCompleted().TimerStarted("1").Task();
    }

    private static Message Message(string id, string name, long sequencing, params object?[] arguments) => new()
    {
        Id = $"{id}/request",
        ProtocolInstanceId = id,
        EventId = sequencing,
        Body = Any.Pack(HistoryBuilder.Request(id, name, arguments)),
    };

    [Workflow]
    public sealed class CountingWorkflow
    {
        [WorkflowQuery]
        public int Counted { get; private set; }

        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowSignal]
        public Task CountAsync()
        {
            Counted++;
            return Task.CompletedTask;
        }
    }

    [Workflow]
    public sealed class LateHandlerWorkflow
    {
        private bool _isEnded;

        [WorkflowQuery]
        public bool CanEnd { get; private set; }

        [WorkflowRun]
        public async Task RunAsync()
        {
            await Workflow.DelayAsync(10);
            CanEnd = true;
            Workflow.Updates["End"] = WorkflowUpdateDefinition.CreateWithoutAttribute("End", () =>
            {
                _isEnded = true;
                return Task.CompletedTask;
            });
            await Workflow.WaitConditionAsync(() => _isEnded);
        }
    }

    [Workflow]
    public sealed class LimitWorkflow
    {
        [WorkflowQuery(Description = "the limit that holds")]
        public int Limit { get; private set; }

        [WorkflowRun]
        public async Task<int> RunAsync()
        {
            Workflow.CurrentDetails = "waiting for a limit";
            await Workflow.DelayAsync(60_000);
            return Limit;
        }

        [WorkflowQuery]
        public int Naughty()
        {
            _ = Workflow.DelayAsync(1);
            return 1;
        }

        [WorkflowUpdate]
        public async Task SetLimitAsync(int limit)
        {
            await Workflow.DelayAsync(100);
            Limit = limit;
        }

        [WorkflowUpdateValidator(nameof(SetLimitAsync))]
        public void ValidateLimit(int limit)
        {
            if (limit < 0)
            {
                throw new ArgumentException($"a limit of {limit} is negative");
            }
        }
    }

    [Workflow]
    public sealed class ThrowingUpdateWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => Workflow.WaitConditionAsync(() => false);

        [WorkflowUpdate]
        public Task ThrowsFailureAsync() => throw new ApplicationFailureException("blocked");

        [WorkflowUpdate]
        public Task ThrowsOtherAsync() => throw new ArithmeticException("bug");
    }
}
