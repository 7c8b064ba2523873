using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>What is progress, what is a standstill, and when a limit ends a roll.</summary>
public sealed class RollWatchLimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void RollWatch_OperatorDoesNotBegin_IsIdleAfterFiveMinutes()
    {
        ScriptedRoll roll = new ScriptedRoll().ReadsFor(5 * Minute);

        Assert.Equal(
            [
                "05:00 OperatorIdle The operator did not start the roll within 5 min. "
                    + "Waits for the operator to pick up the roll: it has seen generation 4 of 5, revision r1.",
            ],
            roll.Milestones);
    }

    [Fact]
    public void RollWatch_ClusterCannotBeRead_CountsForNoLimitAndIsTold()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads();
        for (int time = 0; time < 60; time++)
        {
            roll.CannotBeRead(10 * Minute, "connection refused");
        }

        Assert.Equal(["PickedUp", "PodReplaced", "Unread"], Kinds(roll));
        Assert.Equal(
            "30:20 Unread The roll of the brokers could not be read since 2026-11-21 12:10:20Z: connection refused",
            roll.Milestones[^1]);

        // Ten hours are over, a pod has two, and a standstill fifteen minutes: they begin to count where they had stopped.
        roll.Reads();
        Assert.Equal("ReadAgain", Kinds(roll)[^1]);
        Assert.Equal("Pod kafka-2 is starting.", roll.ReadsFor(14 * Minute).Progress.Sentence);
        Assert.Equal("ReadAgain", Kinds(roll)[^1]);
        Assert.Equal("Stalled", Kinds(roll.ReadsFor(2 * Minute))[^1]);
    }

    [Fact]
    public void RollWatch_WatcherWasAway_CountsForNoLimit()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads();

        roll.After(TimeSpan.FromHours(10)).ReadsFor(14 * Minute);

        Assert.Equal(["PickedUp", "PodReplaced"], Kinds(roll));
    }

    [Fact]
    public void RollWatch_CrashLoop_IsAStandstillAndNoProgress()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads();
        for (int crash = 0; crash < 20; crash++)
        {
            roll.Changed(2, pod => pod with { WaitingReason = null }).Reads();
            roll.Changed(2, pod => pod with { WaitingReason = "CrashLoopBackOff" }).Reads(5);
        }

        // The last new state is the first crash, 40 s into the roll.
        Assert.Equal(["PickedUp", "PodReplaced", "Stalled"], Kinds(roll));
        Assert.Equal("15:40 Stalled No progress for 15 min. Pod kafka-2 has not started: CrashLoopBackOff.", roll.Milestones[^1]);
    }

    [Fact]
    public void RollWatch_LogRecoveryWithFewerSegmentsEachTime_GoesOnUntilThePodsLimit()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads().Reads();
        for (int segments = 500; Kinds(roll)[^1] != "CapReached"; segments -= 10)
        {
            roll.Recovers(2, segments).ReadsFor(10 * Minute);
        }

        Assert.Equal(["PickedUp", "PodReplaced", "CapReached"], Kinds(roll));
        Assert.StartsWith("120:20 CapReached The limit of 120 min is used up. Broker 2 is recovering its log, ", roll.Milestones[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void RollWatch_LogRecoveryThatStartsOverAgainAndAgain_IsAStandstill()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads();
        for (int time = 0; time < 5; time++)
        {
            roll.Recovers(2, 400).ReadsFor(2 * Minute).Recovers(2, 100).ReadsFor(2 * Minute);
            roll.Kafka = roll.Kafka.Without(2);
            roll.ReadsFor(Minute);
        }

        Assert.Equal(["PickedUp", "PodReplaced", "Stalled"], Kinds(roll));
    }

    [Fact]
    public void RollWatch_FewerUnderReplicatedPartitionsEachTime_GoesOnUntilTheSyncLimit()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads().Ready(2).Reads();
        for (int behind = 1000; Kinds(roll)[^1] != "CapReached"; behind -= 10)
        {
            roll.Kafka = roll.Kafka with { UnderReplicated = behind, Partitions = 2000 };
            roll.ReadsFor(14 * Minute);
        }

        Assert.Equal(["PickedUp", "PodReplaced", "PodReady", "CapReached"], Kinds(roll));
        Assert.StartsWith("360:30 CapReached The limit of 360 min is used up. ", roll.Milestones[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void RollWatch_ReplicasFallBehindOnlyLater_CatchingUpIsStillProgress()
    {
        // Until the brokers notice that one is gone, no partition counts as under-replicated.
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2);
        roll.Kafka = roll.Kafka with { UnderReplicated = 0 };
        roll.Reads(2);
        for (int behind = 24; behind > 0; behind -= 8)
        {
            roll.Kafka = roll.Kafka with { UnderReplicated = behind };
            roll.ReadsFor(10 * Minute);
        }

        Assert.Equal(["PickedUp", "PodReplaced"], Kinds(roll));
    }

    [Fact]
    public void RollWatch_AfterAStandstillThatAPersonEnded_CountsFromThen()
    {
        ScriptedRoll roll = new ScriptedRoll()
            .TakenUp().Reads().Stopped(2).Created(2, waiting: "ImagePullBackOff").Reads().ReadsFor(30 * Minute);
        roll.GoesOn().Changed(2, pod => pod with { WaitingReason = null }).ReadsFor(10 * Minute).Ready(2).Reads();

        Assert.Equal(
            [
                "15:30 Stalled No progress for 15 min. Pod kafka-2 has not started: ImagePullBackOff.",
                "40:30 PodReady Pod kafka-2 is Ready, 2410 s after its restart.",
            ],
            roll.Milestones.Skip(2));
    }

    [Fact]
    public void RollWatch_OnePodMoreOrAStandstill_EndsAWatch()
    {
        ScriptedRoll roll = new();
        List<string> ends = [];
        Add(roll.TakenUp().Reads());
        foreach (int ordinal in (int[])[2, 1, 0])
        {
            Add(roll.Stopped(ordinal).Reads());
            Add(roll.Created(ordinal).Reads());
            Add(roll.Ready(ordinal).Reads());
            Add(roll.CaughtUp().Reads());
        }

        for (int reading = 0; reading < 12; reading++)
        {
            Add(roll.Reads());
        }

        Assert.Equal(["InSync", "InSync", "Done"], ends);

        void Add(ScriptedRoll after)
        {
            if (after.Last is { } report && RollWatch.Ends(report) && ends.LastOrDefault() != "Done")
            {
                ends.Add($"{report.Milestone}");
            }
        }
    }

    [Fact]
    public void RollWatch_OperatorWaitsBeforeTheNextPod_IsAStandstillOfTheRoll()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Restarted(2).ReadsFor(16 * Minute);

        Assert.Equal("Stalled", Kinds(roll)[^1]);
        Assert.EndsWith("Waits for the operator to restart pod kafka-1.", roll.Milestones[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void RollWatch_PodReplacedAgainAndAgain_EndsTheRoll()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2);
        for (int time = 0; time < 6; time++)
        {
            roll.Created(2).Reads();
        }

        Assert.Equal(["PickedUp", "PodReplaced", "PodReplaced", "PodReplaced", "PodReplaced", "PodReplaced", "CapReached"], Kinds(roll));
        Assert.EndsWith("Pod kafka-2 was replaced 6 times; something restarts it again and again.", roll.Milestones[^1],
            StringComparison.Ordinal);
    }

    /// <summary>The progress travels in every heartbeat and every event: it must not grow with what flaps.</summary>
    [Fact]
    public void RollWatch_AnswersThatComeAndGo_NeitherGrowTheProgressNorCountAsOne()
    {
        ScriptedRoll roll = new ScriptedRoll().TakenUp().Reads().Stopped(2).Created(2).Reads();
        for (int reading = 0; reading < 600; reading++)
        {
            int flag = reading;
            roll.Kafka = roll.Kafka
                .With(WholeKafka.Broker(0) with { State = (reading & 1) == 0 ? null : 3 })
                .With(WholeKafka.Broker(1) with { State = (reading & 2) == 0 ? null : 3 });
            roll.Changed(2, pod => pod with { Phase = $"Phase-{flag}" }).Reads();
        }

        Assert.Equal(64, roll.Progress.SeenStates.Count);
        Assert.Equal(["PickedUp", "PodReplaced", "Stalled"], Kinds(roll));
    }

    private static List<string> Kinds(ScriptedRoll roll) => [.. roll.Milestones.Select(milestone => milestone.Split(' ')[1])];
}
