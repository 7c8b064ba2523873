using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.Runs;
using Temporalio.Workflows;

namespace Temporalio.Tests.Replay;

/// <summary>What the engine says when code and history part: the event, the command, and nothing else by mistake.</summary>
public sealed class NondeterminismTests
{
    private static readonly WorkflowReplayer Replayer = new(new WorkflowReplayerOptions()
        .AddWorkflow<TwoStepsWorkflow>().AddWorkflow<PatchedWorkflow>().AddWorkflow<DeprecatedWorkflow>());

    private static HistoryBuilder TwoSteps => new HistoryBuilder().Started("TwoStepsWorkflow").Task();

    [Fact]
    public async Task Replay_HistoryOfThisCode_Passes()
    {
        HistoryBuilder history = TwoSteps.TaskCompleted().ActivityScheduled("1", "restart").ActivityStarted(5).ActivityCompleted(5, "ok")
            .Task().TaskCompleted().TimerStarted("1").TimerFired("1", 11).Task().TaskCompleted().Completed("ok");

        WorkflowReplayResult result = await Replayer.ReplayWorkflowAsync(history.ToHistory()).Within();

        Assert.Null(result.ReplayFailure);
    }

    [Fact]
    public async Task Replay_RunStillOpen_Passes()
    {
        HistoryBuilder history = TwoSteps.TaskCompleted().ActivityScheduled("1", "restart").ActivityStarted(5).ActivityCompleted(5, "ok").Task();

        Assert.Null((await Replayer.ReplayWorkflowAsync(history.ToHistory()).Within()).ReplayFailure);
    }

    [Fact]
    public Task Replay_OtherCommand_NamesEventAndCommand() => FailsAsync(
        TwoSteps.TaskCompleted().TimerStarted("1"),
        "history has event 5 TimerStarted (id 1), and the workflow made the command ScheduleActivityTask for activity restart (id 1)");

    [Fact]
    public Task Replay_OtherActivityType_NamesBoth() => FailsAsync(
        TwoSteps.TaskCompleted().ActivityScheduled("1", "drain"),
        "history has event 5 ActivityTaskScheduled (drain, id 1), and the workflow made the command ScheduleActivityTask for activity restart (id 1)");

    [Fact]
    public async Task Replay_OtherActivityTypeInOldHistory_IsNotCompared()
    {
        HistoryBuilder history = TwoSteps.TaskCompleted(coreFlags: 99).ActivityScheduled("1", "drain").ActivityStarted(5)
            .ActivityCompleted(5, "ok").Task().TaskCompleted(coreFlags: 99).TimerStarted("1");

        Assert.Null((await Replayer.ReplayWorkflowAsync(history.ToHistory()).Within()).ReplayFailure);
    }

    [Fact]
    public Task Replay_CommandLess_NamesTheEvent() => FailsAsync(
        TwoSteps.TaskCompleted().ActivityScheduled("1", "restart").TimerStarted("1"),
        "history has event 6 TimerStarted (id 1), and the workflow made no command for it");

    [Fact]
    public Task Replay_EndTooEarly_NamesTheEvent() => FailsAsync(
        TwoSteps.TaskCompleted().Completed("ok"),
        "history has event 5 WorkflowExecutionCompleted, and the workflow made the command ScheduleActivityTask for activity restart (id 1)");

    [Fact]
    public Task Replay_EndOfUnknownActivity_NamesTheInitiator() => FailsAsync(
        TwoSteps.TaskCompleted().ActivityScheduled("1", "restart").ActivityStarted(4),
        "event 6 ActivityTaskStarted goes on with event 4, for which the workflow has no command");

    [Fact]
    public Task Replay_CompletedWithoutStarted_IsRefused() => FailsAsync(
        TwoSteps.TaskCompleted().ActivityScheduled("1", "restart").ActivityCompleted(5, "ok"),
        "event 6 ActivityTaskCompleted cannot follow for activity restart (id 1)");

    [Fact]
    public async Task Replay_CodeThrows_IsInvalidOperation()
    {
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<ThrowingWorkflow>());
        HistoryBuilder history = new HistoryBuilder().Started("ThrowingWorkflow").Task().TaskCompleted().TimerStarted("1");

        InvalidWorkflowOperationException exception = await Assert.ThrowsAsync<InvalidWorkflowOperationException>(
            () => replayer.ReplayWorkflowAsync(history.ToHistory())).Within();

        Assert.Equal("ArithmeticException: bug", exception.Message);
    }

    [Fact]
    public async Task Replay_Many_SaysOfEachWhetherItPasses()
    {
        HistoryBuilder good = TwoSteps.TaskCompleted().ActivityScheduled("1", "restart");
        HistoryBuilder bad = TwoSteps.TaskCompleted().TimerStarted("1");

        IEnumerable<WorkflowReplayResult> results =
            await Replayer.ReplayWorkflowsAsync([good.ToHistory(), bad.ToHistory(), good.ToHistory()]).Within();

        Assert.Equal([null, typeof(WorkflowNondeterminismException), null], results.Select(result => result.ReplayFailure?.GetType()));
    }

    [Theory]
    [InlineData("PatchedWorkflow", "none", "old")]
    [InlineData("PatchedWorkflow", "marker", "new")]
    [InlineData("PatchedWorkflow", "deprecated", "new")]
    [InlineData("DeprecatedWorkflow", "marker", "new")]
    [InlineData("DeprecatedWorkflow", "none", "new")]
    [InlineData("TwoStepsWorkflow", "deprecated", "restart")]
    public async Task Patch_MarkerInHistory_DecidesThePath(string workflow, string marker, string activity)
    {
        HistoryBuilder history = WithMarker(new HistoryBuilder().Started(workflow).Task().TaskCompleted(), marker)
            .ActivityScheduled("1", activity);

        Assert.Null((await Replayer.ReplayWorkflowAsync(history.ToHistory()).Within()).ReplayFailure);
    }

    [Fact]
    public Task Patch_MarkerWithoutCall_IsRefused() => FailsAsync(
        WithMarker(TwoSteps.TaskCompleted(), "marker").ActivityScheduled("1", "restart"),
        "event 5 MarkerRecorded (patch faster) of patch faster, and the workflow made no call for it");

    [Fact]
    public async Task Failure_ListedAsWorkflowFailure_FailsTheWorkflowInsteadOfTheTask()
    {
        HistoryBuilder history = TwoSteps.TaskCompleted().TimerStarted("1").TimerFired("1", 5).Task();
        using SeamRun stuck = new(typeof(TwoStepsWorkflow));
        using SeamRun failing = new(typeof(TwoStepsWorkflow), failureTypes: [typeof(WorkflowNondeterminismException)]);

        RunOutcome task = await stuck.WorkAsync(history);
        RunOutcome workflow = await failing.WorkAsync(history);

        Assert.Equal(WorkflowTaskFailedCause.NonDeterministicError, task.Cause);
        Assert.StartsWith("fail Nondeterminism: the history has event 5 TimerStarted", SeamRun.Commands(workflow).Single(), StringComparison.Ordinal);
    }

    private static HistoryBuilder WithMarker(HistoryBuilder history, string marker) => marker switch
    {
        "none" => history,
        _ => history.PatchMarker("faster", deprecated: marker == "deprecated").SearchAttributesUpserted("TemporalChangeVersion"),
    };

    private static async Task FailsAsync(HistoryBuilder history, string message)
    {
        WorkflowNondeterminismException exception = await Assert.ThrowsAsync<WorkflowNondeterminismException>(
            () => Replayer.ReplayWorkflowAsync(history.ToHistory())).Within();
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static Task ActivityAsync(string name) =>
        Workflow.ExecuteActivityAsync(name, [], new() { StartToCloseTimeout = TimeSpan.FromSeconds(1) });

    [Workflow]
    public sealed class TwoStepsWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync()
        {
            await ActivityAsync("restart");
            await Workflow.DelayAsync(10);
            return "ok";
        }
    }

    [Workflow]
    public sealed class PatchedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => ActivityAsync(Workflow.Patched("faster") ? "new" : "old");
    }

    [Workflow]
    public sealed class DeprecatedWorkflow
    {
        [WorkflowRun]
        public Task RunAsync()
        {
            Workflow.DeprecatePatch("faster");
            return ActivityAsync("new");
        }
    }

    [Workflow]
    public sealed class ThrowingWorkflow
    {
        [WorkflowRun]
        public Task RunAsync() => throw new ArithmeticException("bug");
    }
}
