using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// Runs whose worker is ended at every boundary of every step: what they do to the world is what an undisturbed run does, each thing once.
/// </summary>
public abstract class EndedWorkerRunTests(BoxTemporal server) : RunTests(server)
{
    private readonly ScriptedWorld _world = new(server);
    private readonly ScriptedWorld _undisturbed = new(server);

    private RollRun Run => field ??= new RollRun(Server, _world);

    [Theory]
    [InlineData(ScriptedWorld.Moment.Before)]
    [InlineData(ScriptedWorld.Moment.After)]
    public async Task Roll_OfBothParts_DoesWhatAnUndisturbedOneDoes(ScriptedWorld.Moment moment)
    {
        RollKafkaClusterInput input = RollRun.Input with { Component = RollComponent.Both };
        _world.Watches = _undisturbed.Watches = [RollMilestone.Done, RollMilestone.Done];

        (RollKafkaClusterResult result, IReadOnlyList<string> endedAt) =
            await CompareAsync<RollKafkaClusterResult>(RollKafkaClusterWorkflow.Type, input, moment);

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(
            ["take the locks", "kraftcontroller: trigger", "kafka: trigger", "elect", "canary", "give back the locks", "keep the evidence"],
            endedAt.Select(what => what.Split(" (")[0]));
    }

    [Theory]
    [InlineData(ScriptedWorld.Moment.Before)]
    [InlineData(ScriptedWorld.Moment.After)]
    public async Task Restart_OfABroker_DoesWhatAnUndisturbedOneDoes(ScriptedWorld.Moment moment)
    {
        _world.Watches = _undisturbed.Watches = [RollMilestone.Done];
        RestartKafkaBrokerInput input = new()
        {
            Target = new ChangeTarget("lab"), Change = RollRun.Input.Change, Broker = 2, Limits = RollRun.Input.Limits,
        };

        (RestartKafkaBrokerResult result, IReadOnlyList<string> endedAt) =
            await CompareAsync<RestartKafkaBrokerResult>(RestartKafkaBrokerWorkflow.Type, input, moment);

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal(
            ["take", "evict", "elect", "canary", "give", "keep"],
            endedAt.Select(what => what.Split(' ')[0]));
    }

    [Theory]
    [InlineData(ScriptedWorld.Moment.Before)]
    [InlineData(ScriptedWorld.Moment.After)]
    public async Task Undo_OfAllSteps_DoesWhatAnUndisturbedOneDoes(ScriptedWorld.Moment moment)
    {
        SampleInput input = new(new ChangeTarget("lab"), RollRun.Input.Change, FailsAt: "four");

        (ChangeOutcome outcome, IReadOnlyList<string> endedAt) = await CompareAsync<ChangeOutcome>(SampleWorkflow.Type, input, moment);

        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Equal(8, endedAt.Count(what => what.Contains('→', StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ScriptedWorld.Moment.Before)]
    [InlineData(ScriptedWorld.Moment.After)]
    public async Task Notices_OfAChangeThatIsUndone_AreThoseOfAnUndisturbedOne(ScriptedWorld.Moment moment)
    {
        _world.Policy = _undisturbed.Policy = ScriptedWorld.Asking() with { Notifies = true };
        _world.TellsAsItActs();
        SampleInput input = new(new ChangeTarget("lab"), RollRun.Input.Change, FailsAt: "four");

        (ChangeOutcome outcome, IReadOnlyList<string> endedAt) = await CompareAsync<ChangeOutcome>(SampleWorkflow.Type, input, moment);

        // What the last worker had begun to tell is told by the next.
        using TemporalWorker worker = new(Server.Client, RollRun.With(Server.WorkerOptions(Run.Queue), _world));
        await worker.ExecuteAsync(() => Server.UntilAsync(() => Keys(_world).SequenceEqual(Keys(_undisturbed))));
        Assert.Equal(ChangeState.Undone, outcome.State);
        Assert.Contains("tell change.started", endedAt);
        Assert.Equal(["change.started/1", "change.undone/2"], Keys(_world));
    }

    // More than once under the same key is once.
    private static IEnumerable<string> Keys(ScriptedWorld world) => world.Channels.Heard
        .Select(notice => notice.DedupeKey[(notice.DedupeKey.IndexOf('/', StringComparison.Ordinal) + 1)..])
        .Distinct().Order(StringComparer.Ordinal);

    private async Task<(T Result, IReadOnlyList<string> EndedAt)> CompareAsync<T>(
        string procedure, object input, ScriptedWorld.Moment moment)
    {
        RollRun first = new(Server, _undisturbed);
        await first.ExecuteAsync<T>(procedure, input);
        EndedWorkers workers = new(server, _world, moment);

        T result = await workers.ExecuteAsync<T>(Run, procedure, input);

        Assert.Equal(Without(first, _undisturbed.Effects), Without(Run, _world.Effects));
        // An election and a canary do no harm when they come twice; what is taken and given back is so in the same order.
        Assert.Equal(_undisturbed.KafkaActs, _world.KafkaActs.Distinct());
        Assert.Equal(_undisturbed.Locks, _world.Locks.Distinct());
        return (result, workers.EndedAt);
    }

    private static IEnumerable<string> Without(RollRun run, IReadOnlyList<string> effects) =>
        effects.Select(effect => effect.Replace(run.WorkflowId, "this run", StringComparison.Ordinal));

    /// <summary>Workers that keep no run in memory.</summary>
    public sealed class InTheBox() : EndedWorkerRunTests(new BoxTemporal(caches: false));

    /// <summary>Workers that keep runs in memory.</summary>
    public sealed class Cached() : EndedWorkerRunTests(new BoxTemporal(caches: true));
}
