using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>Critical alerts that begin while a run changes something.</summary>
public abstract class AlertRunTests(RunServer server) : RunTests(server)
{
    private static readonly SampleInput Sample = new(new ChangeTarget("lab"), RollRun.Input.Change);
    private static readonly CriticalAlert Old = new("1", "NodeDown", "node-1", new(2026, 11, 21, 11, 0, 0, TimeSpan.Zero), null);
    private static readonly CriticalAlert New =
        new("2", "KafkaOffline", "confluent", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), "3 partitions are offline.");
    private static readonly AlertReading Quiet = new([Old]);
    private static readonly AlertReading Loud = new([New, Old]);
    private static readonly AlertReading Unread = new([], "http://alertmanager/ does not answer: Connection refused.");

    private const string Begun =
        "1 critical alert started during the change: KafkaOffline of confluent, since 2026-11-21 12:00:00Z: 3 partitions are offline.";

    private readonly ScriptedWorld _world = new(server);

    private RollRun Run => field ??= new RollRun(Server, _world);

    [RunFact]
    public async Task Run_NoAlertBegins_LooksBeforeEachStepAndBeforeItsChecks()
    {
        _world.Alerts.Readings = [Loud];

        Assert.Equal(ChangeState.Succeeded, (await RunAsync()).State);

        Assert.Equal(5, _world.Alerts.Read);
    }

    [RunTheory]
    [InlineData(ControlNames.Resume, ChangeState.Succeeded, 4)]
    [InlineData(ControlNames.Abort, ChangeState.Undone, 2)]
    public async Task Run_AnAlertBeginsBetweenTwoSteps_PausesOnceUntilAPersonHasDecided(string control, ChangeState end, int effects)
    {
        _world.Alerts.Readings = [Quiet, Loud];

        ChangeOutcome outcome = await RunAsync(async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Paused);
            Assert.Equal($"{Begun} Controls: resume, abort.", status.Sentence);
            Assert.Single(_world.Effects);
            await RollRun.ControlAsync(handle, control, "alice");
        });

        Assert.Equal((end, effects), (outcome.State, _world.Effects.Count));
        Assert.Equal(Begun, Assert.Single(_world.Evidence!.Events, audit => audit.Type == AuditTypes.Recheck).Sentence);
    }

    [RunFact]
    public async Task Run_AlertsCannotBeReadAnyMore_PausesOnceAndTakesTheNextReadingAsItIs()
    {
        _world.Alerts.Readings = [Unread, Unread, Loud];

        ChangeOutcome outcome = await RunAsync(async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Paused);
            Assert.Equal($"Could not read whether critical alerts are firing: {Unread.Unread} Controls: resume, abort.", status.Sentence);
            Assert.Empty(_world.Effects);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
    }

    [RunFact]
    public async Task Run_AnAlertBeginsWithTheLastStep_IsBroughtBeforeAPersonBeforeItSucceeds()
    {
        _world.Alerts.Readings = [Quiet, Quiet, Quiet, Quiet, Loud];

        ChangeOutcome outcome = await RunAsync(async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Paused);
            Assert.Equal((4, $"{Begun} Controls: resume, abort."), (_world.Effects.Count, status.Sentence));
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
    }

    [RunFact]
    public async Task Roll_AnAlertBeginsWhilePodsAreRestarted_HoldsTheOperatorAndAsks()
    {
        _world.Alerts.Readings = [Quiet];
        _world.Watches = [RollMilestone.InSync, RollMilestone.Alerted, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(new ChangeFailure("supervise-brokers-roll", ReasonCodes.CriticalAlert, "It is Alerted. The operator is held."),
                status.Failure);
            Assert.Equal(2, _world.Effects.Count);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Equal([$"kafka: trigger (absent) → {Run.Key}", "kafka: hold (absent) → true", "kafka: hold true → (absent)"],
            _world.Effects);
    }

    [RunFact]
    public async Task Roll_AlertsCannotBeReadAnyMoreWhileItIsBlocked_SaysSoBeforeTheOperatorGoesOn()
    {
        _world.Alerts.Readings = [Quiet, Quiet, Unread, Loud];
        _world.Watches = [RollMilestone.InSync, RollMilestone.Alerted, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
            ChangeStatus status = await Run.WaitForAsync(
                handle, status => status is { State: ChangeState.Blocked, Failure.Code: ReasonCodes.AlertsUnreadable });
            Assert.Equal($"Could not read whether critical alerts are firing: {Unread.Unread}", status.Failure!.Sentence);
            Assert.Equal(2, _world.Effects.Count);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");

            // What could not be read then is read now, and nobody has seen it.
            status = await Run.WaitForAsync(
                handle, status => status is { State: ChangeState.Blocked, Failure.Code: ReasonCodes.CriticalAlert }
                    && status.Failure.Sentence == Begun);
            Assert.Equal(2, _world.Effects.Count);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Equal("kafka: hold true → (absent)", _world.Effects[^1]);
    }

    private Task<ChangeOutcome> RunAsync(Func<Temporalio.Client.WorkflowHandle, Task>? meanwhile = null) =>
        Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, Sample, meanwhile);

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : AlertRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : AlertRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : AlertRunTests(lab);
}
