using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Confluent;
using Orchestrator.Workflows.Tests.Kafka;
using Temporalio.Client;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What a roll writes, in which order, and how it ends, in a scripted cluster.</summary>
public abstract class RollRunTests(RunServer server) : RunTests(server)
{
    private readonly ScriptedWorld _world = new(server);

    /// <summary>How a watch ends before the roll does, and the code with which it is brought before a person.</summary>
    public static TheoryData<RollMilestone, string> Ends => new()
    {
        { RollMilestone.Breached, RollCodes.RollBreach },
        { RollMilestone.CapReached, RollCodes.RollStalled },
        { RollMilestone.Stalled, RollCodes.RollStalled },
        { RollMilestone.OperatorIdle, RollCodes.OperatorIdle },
    };

    private RollRun Run => field ??= new RollRun(Server, _world);

    private const string Hold = "kafka: hold (absent) → true";
    private const string LetGo = "kafka: hold true → (absent)";

    private string Trigger => $"kafka: trigger (absent) → {Run.Key}";

    [RunFact]
    public async Task Roll_Both_TriggersControllersThenBrokersAndHoldsNothing()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.Done, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { Component = RollComponent.Both });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"kraftcontroller: trigger (absent) → {Run.WorkflowId}/controllers/1", Trigger], _world.Effects);
        Assert.Equal(
            [
                "check-before-controllers Done", "trigger-controllers-roll Done", "supervise-controllers-roll Done",
                "cool-down-after-controllers Done",
                "check-before-brokers Done", "trigger-brokers-roll Done", "supervise-brokers-roll Done", "elect-preferred-leaders Done",
                "cool-down-after-brokers Done", "try-canary Done",
            ],
            Steps(result));
        Assert.Equal(6, result.Pods.Count);

        // Both parts, without the watches and a vote: what a call or a timer more costs shows here.
        Assert.Equal(["elect", "canary"], _world.KafkaActs.Select(act => act.Split(' ')[0]));
        Assert.All(
            _world.KafkaActs,
            act => Assert.EndsWith(
                " cluster/cluster-uid=1 cluster/cluster-uid/confluent=1 cluster/cluster-uid/confluent/kafka=1 " +
                $"kafka/{WholeKafka.ClusterId}=1",
                act,
                StringComparison.Ordinal));
        Assert.InRange((await Server.Client.GetWorkflowHandle(Run.WorkflowId).FetchHistoryAsync()).Events.Count, 1, 115);

        // Everything up to the step that acts is kept before it acts, once and in order, and no call is made for that alone.
        Assert.Empty(AuditChain.Verify(_world.Kept));
        Assert.Equal(
            [
                "lock.requested", "step.started trigger-controllers-roll", "step.started trigger-brokers-roll",
                "step.started elect-preferred-leaders", "step.started try-canary",
            ],
            _world.Kept.Where((audit, index) => _world.KeptUpTo.Contains(index + 1)).Select(audit => $"{audit.Type} {audit.Step}".Trim()));

        // To plan once; steady under the lock and before the second part; once at the end.
        Assert.Equal([1, 3, 3, 1], _world.Samples);
        Assert.Equal(
            [
                "take cluster/cluster-uid Shared", "take cluster/cluster-uid/confluent Shared",
                "take cluster/cluster-uid/confluent/kafka Exclusive", $"take kafka/{WholeKafka.ClusterId} Exclusive",
                "give back cluster/cluster-uid", "give back cluster/cluster-uid/confluent",
                "give back cluster/cluster-uid/confluent/kafka", $"give back kafka/{WholeKafka.ClusterId}",
            ],
            _world.Locks);
    }

    [RunFact]
    public async Task Roll_PausedWhileItCoolsDown_PausesAtOnce()
    {
        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { Cooldown = TimeSpan.FromHours(1) }, async handle =>
        {
            await Run.WaitForAsync(handle,
                status => status.Steps.Any(step => step is { Name: "cool-down-after-brokers", State: StepState.Running }));
            await RollRun.ControlAsync(handle, ControlNames.Pause, "alice");
            await Run.WaitForAsync(handle, ChangeState.Paused);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Equal([Trigger], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
    }

    [RunTheory]
    [MemberData(nameof(Ends))]
    public async Task Roll_StandsStill_IsHeldUntilAPersonResumesIt(RollMilestone end, string code)
    {
        _world.Watches = [RollMilestone.InSync, end, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(new ChangeFailure("supervise-brokers-roll", code, $"It is {end}. The operator is held."), status.Failure);
            Assert.Equal([Trigger, Hold], _world.Effects);
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger, Hold, LetGo], _world.Effects);
        Assert.Null(result.Change.Status.Failure);
        Assert.All(result.Change.Status.Journal, entry => Assert.Equal(JournalState.Sealed, entry.State));
    }

    [RunFact]
    public async Task Roll_StandsStillAndIsAborted_StaysHeldWhilePodsAreOldAndSaysHowToGoOn()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.Stalled];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            Brokers(kafka => kafka with { StatefulSet = new StatefulSetSnapshot("r2", 0) });
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice", "month-end closing");
        });

        Assert.Equal([Trigger, Hold], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(
            new ChangeFailure("supervise-brokers-roll", FailureCodes.Aborted,
                "Aborted by alice: month-end closing. Before that: It is Stalled. The operator is held."),
            result.Change.Status.Failure);
        JournalEntry left = Assert.Single(result.Change.Status.Journal);
        Assert.Equal(JournalState.UndoSkipped, left.State);
        Assert.StartsWith("The operator stays held: kafka-0, kafka-1, kafka-2 are not restarted yet", left.Detail,
            StringComparison.Ordinal);
        Assert.EndsWith("kubectl annotate kafkas.platform.confluent.io/kafka -n confluent platform.confluent.io/block-reconcile- "
            + "orchestrator.internal/held-by-", left.Detail, StringComparison.Ordinal);
        Assert.Equal(["new-kafka-2", "new-kafka-1", null], result.Pods.Select(pod => pod.NewUid));
    }

    [RunFact]
    public async Task Roll_StandsStillAndIsAbortedWithNothingLeftToRestart_IsLetGo()
    {
        _world.Watches = [RollMilestone.Stalled];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Run.WaitForAsync(handle, ChangeState.Blocked);
            await RollRun.ControlAsync(handle, ControlNames.Abort, "alice");
        });

        Assert.Equal([Trigger, Hold, LetGo], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        JournalEntry entry = Assert.Single(result.Change.Status.Journal);
        Assert.Equal(
            (JournalState.Sealed, "1 of 3 pods of kafkas.platform.confluent.io confluent/kafka were restarted. "
                + "Nothing is left to restart, and the operator is not held."),
            (entry.State, entry.Detail));
    }

    [RunFact]
    public async Task Roll_PausedAndResumed_IsHeldMeanwhile()
    {
        _world.Watches = [RollMilestone.InSync];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Server.UntilAsync(() => _world.IsWaiting);
            await RollRun.ControlAsync(handle, ControlNames.Pause, "alice", "traffic peak");
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Paused);
            Assert.Equal("Paused by alice: traffic peak. Controls: resume, abort.", status.Sentence);
            Assert.Equal([Trigger, Hold], _world.Effects);
            _world.Watches = [RollMilestone.InSync, RollMilestone.InSync, RollMilestone.Done];
            await RollRun.ControlAsync(handle, ControlNames.Resume, "alice");
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger, Hold, LetGo], _world.Effects);
    }

    [RunFact]
    public async Task Roll_Cancelled_IsHeldAndSaysWhichPodsWereRestarted()
    {
        _world.Watches = [RollMilestone.InSync, RollMilestone.InSync];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await Server.UntilAsync(() => _world.IsWaiting);
            Brokers(kafka => kafka with { StatefulSet = new StatefulSetSnapshot("r2", 0) });
            await handle.CancelAsync();
        });

        Assert.Equal([Trigger, Hold], _world.Effects);
        AssertLeft(result, FailureCodes.Cancelled, "The workflow was cancelled.");
        Assert.Equal(["new-kafka-2", "new-kafka-1", null], result.Pods.Select(pod => pod.NewUid));
    }

    [RunFact]
    public async Task Roll_SupervisionLost_IsHeldAndBroughtBeforeAPerson()
    {
        _world.WatchBreaks = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(RollCodes.SupervisionLost, status.Failure!.Code);
            Assert.Equal(
                "The supervision of the roll was lost: The cluster is unknown here. The operator is held.", status.Failure.Sentence);
            _world.WatchBreaks = false;
            await RollRun.ControlAsync(handle, ControlNames.RetryStep, "alice");
        });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([Trigger, Hold, LetGo], _world.Effects);
    }

    [RunTheory]
    [InlineData(ControlNames.Resume)]
    [InlineData(ControlNames.Abort)]
    public async Task Roll_OperatorIsHeldBySomebodyElse_NeverTakesThatBack(string control)
    {
        _world.Watches = [RollMilestone.Stalled, RollMilestone.Done];
        _world.HoldIsAnothers = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal(
                "It is Stalled. The operator is held by somebody else, who must release it: "
                    + "kafka has that change, but it was not made by this one.", status.Failure!.Sentence);
            if (control == ControlNames.Abort)
            {
                Brokers(kafka => kafka with { Holds = [new(OperatorHold.BlockReconcile, "true", "kubectl", null)] });
            }

            await RollRun.ControlAsync(handle, control, "alice");
        });

        Assert.Equal([Trigger], _world.Effects);
        Assert.Equal(control == ControlNames.Abort ? ChangeState.LeftAsIs : ChangeState.Succeeded, result.Change.State);
        Assert.Equal(
            control == ControlNames.Abort
                ? "The operator stays held by kubectl: this change does not remove that hold. "
                    + "1 of 3 pods of kafkas.platform.confluent.io confluent/kafka were restarted."
                : "The roll of kafkas.platform.confluent.io confluent/kafka was watched to its end.",
            Assert.Single(result.Change.Status.Journal).Detail);
    }

    [RunFact]
    public async Task Roll_OperatorCannotBeHeld_SaysBothWhyAndThat()
    {
        _world.Watches = [RollMilestone.Breached];
        _world.HoldIsDenied = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            ChangeStatus status = await Run.WaitForAsync(handle, ChangeState.Blocked);
            Assert.Equal("It is Breached. And the operator could not be held: patch is denied.", status.Failure!.Sentence);
            await RollRun.ControlAsync(handle, ControlNames.AcceptAsIs, "carol", "the operator is stopped by hand");
        });

        Assert.Equal([Trigger], _world.Effects);
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(RollCodes.RollBreach, result.Change.Status.Failure!.Code);
    }

    [RunFact]
    public async Task Roll_KeyOfThisRunAlreadyThere_IsNotRolledAgain()
    {
        _world.Cluster = WholeConfluent.Cluster with { Kafka = WholeConfluent.Kafka with { ManualRoll = Run.Key } };

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Empty(_world.Effects);
    }

    [RunFact]
    public async Task Roll_ClusterThatIsNotWhole_IsRefusedAndNothingIsWritten()
    {
        _world.Kafka = _world.Kafka with { TopicsWithoutSpare = [new TopicWithoutSpare("orders", 1, 1)] };

        RollKafkaClusterResult refused = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(ChangeState.Refused, refused.Change.State);
        Assert.Equal(KafkaCodes.RfNotAboveMinIsr, Assert.Single(refused.Change.Status.Refusals).Code);
        Assert.Empty(_world.Effects);
    }

    [RunFact]
    public async Task Roll_WaiverGiven_IsOfTierT3AndWarnedOf()
    {
        _world.Kafka = _world.Kafka with { TopicsWithoutSpare = [new TopicWithoutSpare("orders", 1, 1)] };

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { AcceptUnavailable = ["orders"] });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Equal(ChangeTier.T3, result.Change.Status.Tier);
        Assert.Equal(KafkaCodes.RfNotAboveMinIsr, Assert.Single(result.Change.Status.Plan!.Warnings).Code);
    }

    private void Brokers(Func<ComponentSnapshot, ComponentSnapshot> change) =>
        _world.Cluster = _world.Cluster with { Kafka = change(_world.Cluster.Kafka!) };

    private static List<string> Steps(RollKafkaClusterResult result) =>
        [.. result.Change.Status.Steps.Select(step => $"{step.Name} {step.State}")];

    private static void AssertLeft(RollKafkaClusterResult result, string code, string sentence)
    {
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(new ChangeFailure("supervise-brokers-roll", code, sentence), result.Change.Status.Failure);
        Assert.Contains("supervise-brokers-roll Failed", Steps(result));
    }

    /// <summary>In the box.</summary>
    public sealed class InTheBox() : RollRunTests(new BoxTemporal(caches: false));

    /// <summary>In the box, with workers that keep runs in memory.</summary>
    public sealed class Cached() : RollRunTests(new BoxTemporal(caches: true));

    /// <summary>On a real server.</summary>
    [Trait("Category", "Lab")]
    [Trait("Category", "Proof")]
    [Collection(LabTemporal.Collection)]
    public sealed class OnAServer(LabTemporal lab) : RollRunTests(lab);
}
