using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Tests.Confluent;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>What a roll that goes forward reports, reading by reading.</summary>
public sealed class RollWatchMilestoneTests
{
    private const string TakenUp = "The operator picked up the roll: revision r1 becomes r2.";

    [Fact]
    public void RollWatch_UndisturbedRollOfThree_ReportsEachPodOnceHighestFirst()
    {
        ScriptedRoll roll = new ScriptedRoll().Reads().TakenUp().Reads().Restarted(2).Restarted(1).Restarted(0).Reads(5);

        Assert.Equal(
            [
                $"00:20 PickedUp {TakenUp}",
                "00:40 PodReplaced Pod kafka-2 was restarted.",
                "00:50 PodReady Pod kafka-2 is Ready, 10 s after its restart.",
                "01:00 InSync Pod kafka-2 is back and all replicas are in sync, 20 s after its restart.",
                "01:20 PodReplaced Pod kafka-1 was restarted.",
                "01:30 PodReady Pod kafka-1 is Ready, 10 s after its restart.",
                "01:40 InSync Pod kafka-1 is back and all replicas are in sync, 20 s after its restart.",
                "02:00 PodReplaced Pod kafka-0 was restarted.",
                "02:10 PodReady Pod kafka-0 is Ready, 10 s after its restart.",
                "02:20 InSync Pod kafka-0 is back and all replicas are in sync, 20 s after its restart.",

                // Three healthy readings, twenty seconds apart.
                "03:10 Done All 3 pods of kafkas.platform.confluent.io confluent/kafka are restarted, Ready and in sync.",
            ],
            roll.Milestones);
        Assert.Equal(
            [
                ("kafka-2", "kafka-2-a", "uid-1", 1),
                ("kafka-1", "kafka-1-a", "uid-2", 1),
                ("kafka-0", "kafka-0-a", "uid-3", 1),
            ],
            roll.Progress.Pods.Select(pod => (pod.Name, pod.OldUid, pod.NewUid!, pod.Replacements)));
    }

    [Fact]
    public void RollWatch_PodsThatTellTheirTimes_AreReportedByThoseAndNotByTheReadings()
    {
        DateTimeOffset made = new(2026, 11, 21, 12, 0, 33, TimeSpan.Zero);
        ScriptedRoll roll = new ScriptedRoll()
            .TakenUp().Reads().Stopped(2).Reads().Created(2).Changed(2, pod => pod with { CreatedAt = made }).Reads()
            .Ready(2).Changed(2, pod => pod with { ReadySince = made.AddSeconds(4) }).Reads();

        Assert.Equal("00:40 PodReady Pod kafka-2 is Ready, 4 s after its restart.", roll.Milestones[^1]);
        Assert.Equal((made, made.AddSeconds(4)), (roll.Progress.Pods[0].ReplacedAt, roll.Progress.Pods[0].ReadyAt));
    }

    [Fact]
    public void RollWatch_Controllers_AreWatchedOnTheirOwnResource()
    {
        ScriptedRoll roll = new ScriptedRoll(RollComponent.Controllers).TakenUp().Reads();
        foreach (int ordinal in (int[])[2, 1, 0])
        {
            roll.Changed(ordinal, pod => pod with { Terminating = true })
                .Reads().Created(ordinal).Changed(ordinal, pod => pod with { Ready = true }).Reads();
        }

        roll.Reads(5);

        Assert.Equal(
            [
                $"00:10 PickedUp {TakenUp}",
                "00:30 InSync Pod kraftcontroller-2 is back and all replicas are in sync, 0 s after its restart.",
                "00:50 InSync Pod kraftcontroller-1 is back and all replicas are in sync, 0 s after its restart.",
                "01:10 InSync Pod kraftcontroller-0 is back and all replicas are in sync, 0 s after its restart.",
                "02:00 Done All 3 pods of kraftcontrollers.platform.confluent.io confluent/kraftcontroller are restarted, "
                    + "Ready and in sync.",
            ],
            roll.Milestones);
    }

    [Fact]
    public void RollWatch_SameReadingAgain_ReportsNothingTwice()
    {
        ScriptedRoll roll = new ScriptedRoll().Reads().TakenUp();
        AssertReportsOnce(roll.Reads());
        foreach (int ordinal in (int[])[2, 1, 0])
        {
            AssertReportsOnce(roll.Stopped(ordinal).Reads());
            AssertReportsOnce(roll.Created(ordinal).Reads());
            AssertReportsOnce(roll.Ready(ordinal).Reads());
            AssertReportsOnce(roll.CaughtUp().Reads());
        }

        AssertReportsOnce(roll.Reads());
    }

    /// <summary>A watcher that is lost before it could tell finds the same again: a milestone is told at least once.</summary>
    [Fact]
    public void RollWatch_LostBeforeItsHeartbeat_ReportsTheSameAgain()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Reads();
        RollProgress before = roll.Progress;
        roll.Created(2).Reads();

        (RollProgress progress, RollReport? report) = roll.AgainFrom(before);

        Assert.Equal(roll.Last!.Sentence, report!.Sentence);
        Assert.Equal(roll.Progress.Pods, progress.Pods);
    }

    [Fact]
    public void RollWatch_StaleGeneration_IsNotPickedUp()
    {
        ScriptedRoll roll = new();
        roll.Component = roll.Component with { StatefulSet = new StatefulSetSnapshot("r2", 0) };
        roll.Reads(3);
        Assert.Empty(roll.Milestones);
        Assert.Equal("Waits for the operator to pick up the roll: it has seen generation 4 of 5, revision r2.", roll.Progress.Sentence);

        roll.TakenUp().Reads();
        Assert.Equal([$"00:40 PickedUp {TakenUp}"], roll.Milestones);
    }

    [Fact]
    public void RollWatch_GenerationSeenButOldRevision_IsNotPickedUp()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp("r1").Reads(3);

        Assert.Empty(roll.Milestones);
        Assert.Equal("Waits for the operator to pick up the roll: it has seen generation 5 of 5, revision r1.", roll.Progress.Sentence);
    }

    [Fact]
    public void RollWatch_PodReplacedTwice_StartsOverForThatPod()
    {
        ScriptedRoll roll = new ScriptedRoll()
            .TakenUp().Reads().Stopped(2).Created(2).Reads().Ready(2).Reads().Created(2).Reads().Ready(2).CaughtUp().Reads();

        Assert.Equal(
            [
                $"00:10 PickedUp {TakenUp}",
                "00:20 PodReplaced Pod kafka-2 was restarted.",
                "00:30 PodReady Pod kafka-2 is Ready, 10 s after its restart.",
                "00:40 PodReplaced Pod kafka-2 was restarted.",
                "00:50 InSync Pod kafka-2 is back and all replicas are in sync, 10 s after its restart.",
            ],
            roll.Milestones);
        Assert.Equal(("kafka-2-a", "uid-2", 2),
            (roll.Progress.Pods[0].OldUid, roll.Progress.Pods[0].NewUid!, roll.Progress.Pods[0].Replacements));
    }

    [Fact]
    public void RollWatch_PodEvictedBesideTheRoll_CountsOnlyWithTheNewRevision()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads();
        roll.Stopped(0).Created(0, revision: "r1").Reads().Ready(0).CaughtUp().Reads();
        Assert.Equal([$"00:10 PickedUp {TakenUp}"], roll.Milestones);

        roll.Stopped(0).Created(0).Reads();
        Assert.Equal("00:40 PodReplaced Pod kafka-0 was restarted.", roll.Milestones[^1]);
    }

    [Fact]
    public void RollWatch_NextPodDownBeforeTheClusterWasSeenWhole_WaitsForThatPod()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads().Ready(2).Reads();

        roll.Stopped(1).Reads();
        Assert.Equal("Pod kafka-1 was stopped and has not been recreated yet.", roll.Progress.Sentence);
        roll.Created(1, waiting: "CrashLoopBackOff").Reads(2);
        Assert.Equal("Pod kafka-1 has not started: CrashLoopBackOff.", roll.Progress.Sentence);

        roll.Ready(1).CaughtUp().Reads();
        Assert.Equal(
            "01:10 InSync Pod kafka-2 is back and all replicas are in sync, 50 s after its restart. "
                + "Pod kafka-1 is back and all replicas are in sync, 20 s after its restart.",
            roll.Milestones[^1]);
    }

    [Fact]
    public void RollWatch_ResourceChangedWhileItRolls_RollsToTheNewestRevision()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Restarted(2);
        roll.TakenUp("r3").Reads();
        Assert.Equal(
            "01:00 Changed kafkas.platform.confluent.io confluent/kafka was changed during the roll, after 1 of 3 pods were restarted: "
                + "revision r2 becomes r3, spec.podTemplate.annotations.kafkacluster-manual-roll is 'run/1', "
                + "and pods at the old revision are restarted again.",
            roll.Milestones[^1]);

        roll.Restarted(2, "r3").Restarted(1, "r3").Restarted(0, "r3").Reads(5);

        Assert.Equal(RollMilestone.Done, roll.Last?.Milestone);
        Assert.Equal([2, 1, 1], roll.Progress.Pods.Select(pod => pod.Replacements));
        Assert.EndsWith(" Restarted more than once: kafka-2 2 times.", roll.Last!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void RollWatch_AllThroughButChangedOnceMore_IsNotDone()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Restarted(2).Restarted(1).Restarted(0).TakenUp("r3").Reads(10);

        Assert.Equal(RollMilestone.Changed, Enum.Parse<RollMilestone>(roll.Milestones[^1].Split(' ')[1]));
        Assert.Equal("Waits for the operator to restart pod kafka-2.", roll.Progress.Sentence);
    }

    [Fact]
    public void RollWatch_TriggerTakenBack_IsWatchedUntilAllPodsAreAtTheOldRevisionAgain()
    {
        // Restarted between two readings, with the trigger taken back in the same moment: it counts all the same.
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Restarted(2).Created(1).TakenUp("r1").Reads();

        Assert.Equal(
            "01:00 TakenBack kafkas.platform.confluent.io confluent/kafka has revision r1 again, as before the roll: "
                + "somebody reverted the trigger after 2 of 3 pods were restarted; the operator restarts those again.",
            roll.Milestones[^1]);

        roll.Ready(1).CaughtUp().Reads(10);
        Assert.Equal(RollMilestone.TakenBack, Enum.Parse<RollMilestone>(roll.Milestones[^1].Split(' ')[1]));
        Assert.Equal("Waits for the operator to restart pod kafka-2.", roll.Progress.Sentence);

        roll.Restarted(2, "r1").Restarted(1, "r1").Reads(5);
        Assert.Equal(
            "kafkas.platform.confluent.io confluent/kafka is healthy and steady at revision r1 again; 2 of 3 pods were restarted. "
                + "Restarted more than once: kafka-2 2 times, kafka-1 2 times.",
            roll.Last!.Sentence);
        Assert.True(roll.Last is { Milestone: RollMilestone.Done, Progress.IsTakenBack: true });
    }

    [Theory]
    [InlineData(
        null,
        "TakenBack Somebody reverted spec.podTemplate.annotations.kafkacluster-manual-roll "
            + "of kafkas.platform.confluent.io confluent/kafka")]
    [InlineData(
        "theirs",
        "Changed Somebody set spec.podTemplate.annotations.kafkacluster-manual-roll "
            + "of kafkas.platform.confluent.io confluent/kafka to 'theirs'")]
    public void RollWatch_TriggerOverwrittenBeforeTheOperatorSawIt_SaysByWhat(string? value, string said)
    {
        ScriptedRoll roll = new ScriptedRoll().Reads();
        roll.Component = roll.Component with { ManualRoll = value };

        Assert.Equal([$"00:20 {said}, before the operator picked up the roll; 0 of 3 pods were restarted."], roll.Reads(2).Milestones);
    }

    [Fact]
    public void RollWatch_UnsteadyAtTheEnd_CountsHealthyReadingsAnew()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Restarted(2).Restarted(1).Restarted(0).Reads(3);
        Assert.Equal(2, roll.Progress.SteadySamples);

        roll.Kafka = WholeKafka.Snapshot.Exposing(WholeKafka.Orders(1, 0, [0, 1]));
        roll.Reads();
        Assert.Equal(0, roll.Progress.SteadySamples);
        Assert.StartsWith("All pods are restarted, but the cluster is not healthy: 1 of 36 partitions", roll.Progress.Sentence,
            StringComparison.Ordinal);

        roll.CaughtUp().Reads(5);
        Assert.Equal(RollMilestone.Done, roll.Last?.Milestone);
        Assert.Equal(1, roll.Milestones.Count(milestone => milestone.Contains("Done", StringComparison.Ordinal)));
    }

    private static void AssertReportsOnce(ScriptedRoll roll)
    {
        (RollProgress progress, RollReport? report) = roll.Again();
        Assert.Null(report);
        Assert.Equal(roll.Progress.Pods, progress.Pods);
        Assert.Equal(roll.Progress with { Pods = [], SeenStates = [] },
            Settled(progress, roll.Progress) with { Pods = [], SeenStates = [] });
    }

    // After a milestone the first reading begins to count what it sees; that is no report.
    private static RollProgress Settled(RollProgress progress, RollProgress before) => progress with
    {
        Sentence = before.Sentence,
        LowestUnderReplicated = before.LowestUnderReplicated,
        LowestRemainingSegments = before.LowestRemainingSegments,
        SteadySamples = before.SteadySamples,
        SteadyAt = before.SteadyAt,
    };
}
