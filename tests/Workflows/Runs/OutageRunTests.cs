using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>
/// What becomes of a run whose world does not answer, or whose answers are lost: it is delayed and not failed, what may have landed counts
/// as done, and it says what it reads. In a scripted cluster.
/// </summary>
public abstract class OutageRunTests(RunServer server) : RunTests(server)
{
    private const string Kafka = "kafkas.platform.confluent.io confluent/kafka";
    private const string Hold = "kafka: hold (absent) → true";

    private readonly ScriptedWorld _world = new(server);

    private RollRun Run => field ??= new RollRun(Server, _world);

    // A limit that people are told after, and none that ends anything.
    private RollKafkaClusterInput Input =>
        RollRun.Input with { Limits = RollRun.Input.Limits with { StallAfter = Server.Minutes(2) } };

    private string Trigger => $"kafka: trigger (absent) → {Run.Key}";

    private bool HasGivenBack => _world.Locks.Any(row => row.StartsWith("give", StringComparison.Ordinal));

    [RunFact]
    public async Task Trigger_ItsAnswerIsLostInAnOutage_IsToldAndGoesOnByItself()
    {
        _world.GoesAwayWithTheNextWrite = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Matches(
                "^PatchObject has had no answer since [0-9: -]+Z: connection refused. "
                    + "The call is retried until there is one. The run then continues by itself. Controls: abort.$",
                status.Sentence);
            Assert.False(HasGivenBack);
            _world.IsAway = false;
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger], _world.Effects.Distinct());
        Assert.Equal(
            ["failed", "ok"],
            _world.Evidence!.Events.Where(audit => audit.Type == AuditTypes.Outage).Select(audit => audit.Outcome));
    }

    [RunFact]
    public async Task Trigger_ItsAnswerIsLostAndTheRunAborted_KeepsItsLockUntilTheOperatorIsHeld()
    {
        _world.GoesAwayWithTheNextWrite = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
            await Run.WaitForAsync(
                handle, status => status.Sentence.EndsWith("The run keeps its lock until then.", StringComparison.Ordinal));
            Assert.Equal([Trigger], _world.Effects);
            Assert.False(HasGivenBack);

            // It had landed, and the operator has restarted a pod.
            Brokers(kafka => kafka with
            {
                StatefulSet = new StatefulSetSnapshot("r2", 0),
                Pods = [.. kafka.Pods.Take(2), kafka.Pods[2] with { Uid = "new", Revision = "r2" }],
            });
            _world.IsAway = false;
        });

        Assert.Equal([Trigger, Hold], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.StartsWith(
            "The operator stays held: kafka-0, kafka-1 are not restarted yet, and without the hold it would continue. "
                + $"1 of 3 pods of {Kafka} were restarted.",
            Assert.Single(result.Change.Status.Journal).Detail,
            StringComparison.Ordinal);
    }

    [RunFact]
    public async Task Trigger_ThatDidNotLandAndTheRunAborted_HasChangedNothing()
    {
        _world.WritesAreAway = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Empty(_world.Effects);
        Assert.Equal((ChangeState.Undone, "Aborted by alice. Nothing was changed."), (result.Change.State, result.Change.Status.Sentence));
    }

    [RunFact]
    public async Task Run_TerminatedWhileItsTriggerIsUnanswered_IsNotCleanToItsGuard()
    {
        _world.GoesAwayWithTheNextWrite = true;
        ChangeStatus? left = null;

        await Assert.ThrowsAsync<WorkflowFailedException>(() => Run.ExecuteAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, _ => _world.IsAway);
            await handle.TerminateAsync("by hand");
            left = await handle.QueryAsync<ChangeStatus>(ChangeNames.StatusQuery, []);
        }));

        Assert.Equal(RollNames.TriggerStep(RollComponent.Brokers), Assert.Single(left!.Journal, entry => entry.IsOpen).Step);
    }

    [RunFact]
    public async Task Roll_ThatCannotBeSeen_IsToldAndGoesOnByItselfUnheld()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.Unread];

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(
                "It is Unread. The call is retried until there is one. The run then continues by itself. Controls: abort.",
                status.Sentence);
            _world.Watches = [.. _world.Watches, .. Enumerable.Repeat(RollMilestone.ReadAgain, 20)];
            _world.WatchesGoOn();
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger], _world.Effects);
    }

    [RunFact]
    public async Task Roll_ThatCannotBeHeldAndIsAborted_IsWatchedToItsEndAndNotCalledHeld()
    {
        _world.Watches = [RollMilestone.Breached, RollMilestone.InSync, RollMilestone.Done];
        _world.HoldIsDenied = true;
        _world.BeforeWatch = watch => Brokers(kafka => watch == 2 ? Rolled(kafka) : kafka);

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            Brokers(kafka => kafka with { StatefulSet = new StatefulSetSnapshot("r2", 0) });
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Equal([Trigger], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(
            "And the operator could not be held: patch is denied. Its roll was therefore watched to the end. "
                + $"3 of 3 pods of {Kafka} were restarted.",
            Assert.Single(result.Change.Status.Journal).Detail);
    }

    [RunFact]
    public async Task Roll_ThatCouldNotBeHeldAtOnce_IsHeldAsSoonAsItCanBe()
    {
        _world.Watches = [RollMilestone.Breached, RollMilestone.Done];
        _world.HoldIsDenied = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal([Trigger], _world.Effects);
            _world.HoldIsDenied = false;
            ChangeStatus held = await Run.WaitForAsync(handle, _ => _world.Effects.Count > 1);
            Assert.Equal(ChangeState.Blocked, held.State);
            await Run.WaitForAsync(handle, status => status.Sentence.EndsWith(" The operator is held now.", StringComparison.Ordinal));
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger, Hold, "kafka: hold true → (absent)"], _world.Effects);
    }

    [RunFact]
    public async Task Roll_TakenBackBySomebodyElse_IsWatchedToItsEndAndTold()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.TakenBack, RollMilestone.InSync, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input);

        Assert.Equal([Trigger], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(new ChangeFailure("supervise-brokers-roll", ReasonCodes.PlanChanged, "It is Done."), result.Change.Status.Failure);
        Assert.Contains(new Refusal(ReasonCodes.PlanChanged, RefusalSeverity.Warn, "It is TakenBack."), result.Change.Status.Refusals);
        Assert.Contains("3 of 3 pods", Assert.Single(result.Change.Status.Journal).Detail, StringComparison.Ordinal);
    }

    [RunFact]
    public async Task Roll_ChangedBySomebodyElse_IsWatchedToItsEndAndTold()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.Changed, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(Input);

        Assert.Equal((ChangeState.Succeeded, "Done and checked. It is Changed."), (result.Change.State, result.Change.Status.Sentence));
        Assert.Contains(new Refusal(ReasonCodes.PlanChanged, RefusalSeverity.Warn, "It is Changed."), result.Change.Status.Refusals);
    }

    [RunFact]
    public async Task Pause_WhileTheWorldIsAway_UsesUpNoLimit()
    {
        _world.Policy = ScriptedWorld.Asking() with
        {
            Tiers = [.. _world.Policy.Tiers.Select(tier => tier with { PauseLimit = Server.Minutes(15) })],
        };
        SampleInput input = new(new ChangeTarget("lab"), RollRun.Input.Change, Pauses: true);

        ChangeOutcome outcome = await Run.ExecuteAsync<ChangeOutcome>(SampleWorkflow.Type, input, async handle =>
        {
            await Run.WaitForStepAsync(handle, "two");
            _world.IsAway = true;
            await RollRun.ControlAsync(handle, ControlNames.Pause, "alice");
            ChangeStatus away = await Run.WaitForAsync(handle, _ => _world.Resolved > 3);
            Assert.Equal("Paused by alice. Controls: resume, abort.", away.Sentence);
            _world.IsAway = false;
            await Run.WaitForAsync(handle, status => status.Sentence.Contains("Nobody has decided", StringComparison.Ordinal));
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.Equal(ChangeState.Succeeded, outcome.State);
    }

    private static ComponentSnapshot Rolled(ComponentSnapshot kafka) =>
        kafka with { Pods = [.. kafka.Pods.Select(pod => pod with { Uid = $"new-{pod.Name}", Revision = "r2" })] };

    private void Brokers(Func<ComponentSnapshot, ComponentSnapshot> change) =>
        _world.Cluster = _world.Cluster with { Kafka = change(_world.Cluster.Kafka!) };

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : OutageRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : OutageRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : OutageRunTests(lab);
}
