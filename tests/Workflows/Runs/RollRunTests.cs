using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.KafkaRoll;
using Orchestrator.Workflows.Tests.Confluent;
using Temporalio.Client;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>What a roll writes, in which order, and how it ends, on a real server and a scripted cluster.</summary>
[Trait("Category", "Lab")]
[Collection(TemporalLab.Collection)]
public sealed class RollRunTests(TemporalLab lab)
{
    private readonly ScriptedWorld _world = new();

    /// <summary>How a watch ends before the roll does, and what the run ends with.</summary>
    public static TheoryData<RollMilestone, string, bool> Ends => new()
    {
        { RollMilestone.Breached, ReasonCodes.RollBreach, true },
        { RollMilestone.CapReached, ReasonCodes.RollStalled, true },
        { RollMilestone.OperatorIdle, ReasonCodes.OperatorIdle, true },
        { RollMilestone.TakenBack, ReasonCodes.PlanChanged, false },
    };

    private RollRun Run => field ??= new RollRun(lab.Client, _world);

    private string Trigger => $"kafka: trigger (absent) → {Run.Key}";

    [LabFact]
    public async Task Roll_Both_TriggersControllersThenBrokersAndHoldsNothing()
    {
        _world.Watches = [RollMilestone.PickedUp, RollMilestone.Stalled, RollMilestone.Resumed, RollMilestone.Done, RollMilestone.Done];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { Component = RollComponent.Both });

        Assert.True(result.Change.State == ChangeState.Succeeded, result.Change.Status.Sentence);
        Assert.Equal([$"kraftcontroller: trigger (absent) → {Run.WorkflowId}/controllers/1", Trigger], _world.Effects);
        Assert.Equal(
            [
                "trigger-controllers-roll Done", "supervise-controllers-roll Done", "trigger-brokers-roll Done", "supervise-brokers-roll Done",
                "cool-down-after-controllers Done", "cool-down-after-brokers Done",
            ],
            Steps(result));
        Assert.Equal(6, result.Pods.Count);
    }

    [LabTheory]
    [MemberData(nameof(Ends))]
    public async Task Roll_NotWatchedToItsEnd_IsHeldUnlessItWasTakenBack(RollMilestone end, string code, bool held)
    {
        _world.Watches = [RollMilestone.PickedUp, end];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(held ? [Trigger, "kafka: hold (absent) → true"] : [Trigger], _world.Effects);
        AssertLeft(result, code, $"It is {end}.");
        Assert.Equal(held ? "hold-brokers-operator Done" : "supervise-brokers-roll Failed", Steps(result)[^1]);
        Assert.Equal(["new-kafka-2", null, null], result.Pods.Select(pod => pod.NewUid));
    }

    [LabFact]
    public async Task Roll_Cancelled_IsHeldAndSaysWhichPodsWereRestarted()
    {
        _world.Watches = [RollMilestone.PickedUp, RollMilestone.PodReplaced, RollMilestone.InSync];

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input, async handle =>
        {
            await _world.Waiting.Task;
            await handle.CancelAsync();
        });

        Assert.Equal([Trigger, "kafka: hold (absent) → true"], _world.Effects);
        AssertLeft(result, FailureCodes.Cancelled, "The workflow was cancelled.");
        Assert.Equal(["new-kafka-2", "new-kafka-1", null], result.Pods.Select(pod => pod.NewUid));
    }

    [LabFact]
    public async Task Roll_SupervisionLost_IsHeld()
    {
        _world.WatchBreaks = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal([Trigger, "kafka: hold (absent) → true"], _world.Effects);
        AssertLeft(result, ReasonCodes.TargetUnknown, "The cluster is unknown here.");
    }

    [LabFact]
    public async Task Roll_OperatorCannotBeHeld_SaysBothWhyAndThat()
    {
        _world.Watches = [RollMilestone.Breached];
        _world.HoldIsDenied = true;

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal([Trigger], _world.Effects);
        AssertLeft(result, ReasonCodes.RollBreach, "It is Breached. And the operator could not be held: patch is denied.");
    }

    [LabFact]
    public async Task Roll_KeyOfThisRunAlreadyThere_IsNotRolledAgain()
    {
        _world.Cluster = WholeConfluent.Cluster with { Kafka = WholeConfluent.Kafka with { ManualRoll = Run.Key } };

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Empty(_world.Effects);
    }

    [LabFact]
    public async Task Roll_ClusterThatIsNotWhole_IsRefusedAndNothingIsWritten()
    {
        _world.Kafka = _world.Kafka with { TopicsWithoutSpare = [new TopicWithoutSpare("orders", 1, 1)] };

        RollKafkaClusterResult refused = await Run.ExecuteAsync(RollRun.Input);

        Assert.Equal(ChangeState.Refused, refused.Change.State);
        Assert.Equal(ReasonCodes.RfNotAboveMinIsr, Assert.Single(refused.Change.Status.Refusals).Code);
        Assert.Empty(_world.Effects);
    }

    [LabFact]
    public async Task Roll_WaiverGiven_IsOfTierT3AndWarnedOf()
    {
        _world.Kafka = _world.Kafka with { TopicsWithoutSpare = [new TopicWithoutSpare("orders", 1, 1)] };

        RollKafkaClusterResult result = await Run.ExecuteAsync(RollRun.Input with { AcceptUnavailable = ["orders"] });

        Assert.Equal(ChangeState.Succeeded, result.Change.State);
        Assert.Equal(ChangeTier.T3, result.Change.Status.Tier);
        Assert.Equal(ReasonCodes.RfNotAboveMinIsr, Assert.Single(result.Change.Status.Plan!.Warnings).Code);
    }

    private static List<string> Steps(RollKafkaClusterResult result) => [.. result.Change.Status.Steps.Select(step => $"{step.Name} {step.State}")];

    private static void AssertLeft(RollKafkaClusterResult result, string code, string sentence)
    {
        Assert.Equal(ChangeState.LeftAsIs, result.Change.State);
        Assert.Equal(new ChangeFailure("supervise-brokers-roll", code, sentence), result.Change.Status.Failure);
        Assert.Contains("supervise-brokers-roll Failed", Steps(result));
    }
}
