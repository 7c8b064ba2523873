using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// More runs than a worker keeps in memory: each is forgotten and read from its history again while it is asked for its status, paused and
/// resumed, and nobody can tell.
/// </summary>
public abstract class EvictedRunTests(RunServer server) : RunTests(server)
{
    private const int Runs = 6;
    private const int CachedRuns = 2;

    private readonly ScriptedWorld _world = new(server);
    private readonly string _id = Guid.NewGuid().ToString("N")[..12];

    private RollRun Run => field ??= new RollRun(Server, _world);

    [RunFact]
    public async Task Runs_MoreThanAWorkerKeeps_TellTheirStatusAndTakeControlsAsIfItKeptThem()
    {
        TemporalWorkerOptions options = Server.WorkerOptions($"queue-{_id}");
        options.MaxCachedWorkflows = CachedRuns;
        using TemporalWorker worker = new(Server.Client, RollRun.With(options, _world));

        await worker.ExecuteAsync(() => Server.TogetherAsync(
            [.. Enumerable.Range(0, Runs).Select(number => (Func<Task>)(() => SteerAsync($"evicted/{_id}/{number}", $"lab-{number}")))]));

        Assert.Equal(
            [("four", Runs), ("one", Runs), ("three", Runs), ("two", Runs)],
            _world.Effects.GroupBy(effect => effect.Split(':')[0]).Select(same => (same.Key, same.Count())).Order());
    }

    // Asks all the time, so that each run is needed again before the others are done.
    private async Task SteerAsync(string workflowId, string cluster)
    {
        SampleInput input = new(new ChangeTarget(cluster), RollRun.Input.Change, Pauses: true);
        WorkflowHandle handle = await Server.Client.StartWorkflowAsync(
            SampleWorkflow.Type, [input], new WorkflowOptions(workflowId, $"queue-{_id}"));
        await Run.WaitForStepAsync(handle, "two");
        await RollRun.ControlAsync(handle, ControlNames.Pause, "alice", "month-end closing");
        ChangeStatus paused = await Run.WaitForAsync(handle, ChangeState.Paused);
        Assert.StartsWith("Paused by alice: month-end closing.", paused.Sentence, StringComparison.Ordinal);
        await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        ChangeStatus ended = await Run.WaitForAsync(handle, status => status.Evidence is not null);
        ChangeOutcome outcome = await Server.ResultAsync<ChangeOutcome>(handle);

        Assert.True(outcome.State == ChangeState.Succeeded, $"{outcome.State}: {outcome.Status.Sentence}");
        Assert.Equal(["one Done", "two Done", "three Done", "four Done"], ended.Steps.Take(4).Select(step => $"{step.Name} {step.State}"));
        WorkflowHistory history = await handle.FetchHistoryAsync();
        Assert.DoesNotContain(history.Events, IsOurFailure);
        await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<SampleWorkflow>()).ReplayWorkflowAsync(history);
    }

    // The server fails a task that would end the run when something has come in that the task did not see.
    private static bool IsOurFailure(HistoryEvent each) =>
        each.WorkflowTaskFailedEventAttributes is { Cause: not WorkflowTaskFailedCause.UnhandledCommand };

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : EvictedRunTests(new BoxTemporal(caches: false));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : EvictedRunTests(lab);
}
