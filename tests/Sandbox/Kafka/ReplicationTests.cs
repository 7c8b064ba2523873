using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Partitions;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Tests.Kafka;

/// <summary>What becomes of records and replicas while brokers come and go.</summary>
public sealed class ReplicationTests
{
    // One megabyte a second.
    private static readonly TopicScenario Busy =
        new() { Name = "busy", Assignment = [[0, 1, 2]], RecordsPerSecond = 1_000, RecordBytes = 1_000 };

    [Fact]
    public void Broker_BackAfterAHundredSeconds_FetchesAHundredMegabytesAtItsRate()
    {
        KafkaBench bench = new(new() { Topics = [Busy] });
        bench.Processes.Stop(2);
        bench.Pass(100.5);
        Assert.Equal((ProcessPhase.Ended, "0,1"), (bench.Phase(2), bench.InSync("busy")));
        bench.Processes.Start(2);

        // Start 3 s, registration 1 s; what it missed takes some 2.1 s at 50 MB/s, the first fetch half a second.
        bench.Pass(6);
        Assert.Equal((ProcessPhase.Running, "0,1"), (bench.Phase(2), bench.InSync("busy")));
        Assert.InRange(bench.Partition("busy").BytesBehind, 1, 107_000_000);
        bench.Pass(1);
        Assert.Equal("0,1,2", bench.InSync("busy"));
        Assert.Equal((0, 0), (bench.Partition("busy").BytesBehind, bench.Partition("busy").Lost));
    }

    [Fact]
    public void Broker_SlowedDownWhileItCatchesUp_TakesLongerForTheRestAlone()
    {
        KafkaBench bench = new(new() { Topics = [Busy] });
        bench.Processes.Stop(2);
        bench.Pass(1000);
        bench.Processes.Start(2);
        bench.Pass(4 + 10.5);
        long half = bench.Partition("busy").BytesBehind;
        bench.Faults.SlowCatchUp(2, 0.1);
        Assert.InRange(bench.Partition("busy").BytesBehind, half * 0.4, half * 0.6);

        bench.Pass(90);
        Assert.Equal("0,1", bench.InSync("busy"));
        bench.Faults.SlowCatchUp(2, 1);
        bench.Settle();
        Assert.Equal("0,1,2", bench.InSync("busy"));
    }

    [Fact]
    public void Broker_Killed_RecoversItsLogSegmentBySegmentBeforeItServes()
    {
        KafkaBench bench = new(new()
        {
            Topics = [new() { Partitions = 100 }], Timings = new() { SegmentRecovery = TimeSpan.FromSeconds(1) },
        });
        bench.Processes.Kill(1);
        bench.Processes.Start(1);
        bench.Pass(3);
        List<(ProcessPhase, int)> seen = [];
        for (int look = 0; look < 4; look++)
        {
            seen.Add((bench.Phase(1), bench.State.Change(() => bench.State.Brokers[1].RemainingSegments(bench.State.Now))));
            bench.Pass(40);
        }

        Assert.Equal(
            [
                (ProcessPhase.Recovering, 100), (ProcessPhase.Recovering, 60), (ProcessPhase.Recovering, 20), (ProcessPhase.Running, 0),
            ],
            seen);
    }

    [Fact]
    public void Replica_Held_BlocksAcknowledgementsUntilItLeavesTheIsr()
    {
        KafkaBench bench = new(new() { Topics = [Busy] });
        bench.Faults.HoldReplica("busy", 0, 1);
        bench.Pass(29);
        Assert.Equal(("0,1,2", 0), (bench.InSync("busy"), bench.Partition("busy").Acknowledged));
        bench.Pass(2);
        Assert.Equal("0,2", bench.InSync("busy"));
        bench.Pass(9);
        Assert.InRange(bench.Partition("busy").Acknowledged, 9_000, 11_000);

        bench.Faults.ReleaseReplica("busy", 0, 1);
        bench.Settle();
        Assert.Equal("0,1,2", bench.InSync("busy"));
    }

    [Fact]
    public void Leader_ElectedUncleanly_CountsWhatWasAcknowledgedAndIsLost()
    {
        KafkaBench bench = new(new()
        {
            Topics =
            [
                new()
                {
                    Name = "risky", Assignment = [[0, 1]], RecordsPerSecond = 10,
                    Settings = new Dictionary<string, string>
                    {
                        ["min.insync.replicas"] = "1", ["unclean.leader.election.enable"] = "true",
                    },
                },
            ],
        });
        bench.Processes.Stop(1);
        bench.Pass(2);
        bench.Pass(100);
        bench.Processes.Kill(0);
        bench.Faults.ReplaceDisks(0);
        bench.Pass(10);
        Assert.Null(bench.Partition("risky").Leader);

        bench.Processes.Start(1);
        bench.Pass(10);
        Assert.Equal(1, bench.Partition("risky").Leader);
        Assert.InRange(bench.Admin.LostRecords, 990, 1_030);
    }

    [Fact]
    public void Cluster_ThatNothingHappensTo_HasNothingToWakeFor()
    {
        KafkaBench bench = new(new() { Topics = [Busy] });
        Assert.Null(bench.Processes.NextChange);
        bench.Processes.Stop(1);
        bench.Settle();
        bench.Processes.Start(1);
        bench.Settle();
        Assert.Null(bench.Processes.NextChange);
        Assert.Equal(("0,1,2", 0), (bench.InSync("busy"), bench.Admin.LostRecords));
    }

    [Fact]
    public void Leaders_ElsewhereThanPreferred_AreGivenBackAfterFiveMinutes()
    {
        KafkaBench bench = new(new() { Topics = [Busy] });
        bench.Processes.Stop(0);
        bench.Pass(10);
        bench.Processes.Start(0);
        bench.Pass(20);
        Assert.Equal(("0,1,2", 1), (bench.InSync("busy"), bench.Partition("busy").Leader));
        bench.Pass(300);
        Assert.Equal(0, bench.Partition("busy").Leader);
    }

    [Fact]
    public void Move_UnderAThrottle_TakesAsLongAsItsBytesAndCanBeCalledOff()
    {
        KafkaBench bench = new(new() { Topics = [new() { Name = "big", Assignment = [[0], [0]], Bytes = 100_000_000 }] });
        bench.Admin.SetTopicSetting("big", "follower.replication.throttled.replicas", "*");
        bench.Admin.SetClusterSetting("follower.replication.throttled.rate", "1000000");
        bench.Admin.Reassign("big", 0, [1]);
        bench.Admin.Reassign("big", 1, [2]);
        bench.Pass(90);
        PartitionState moving = bench.Partition("big");
        Assert.Equal((true, "1,0", "0"), (moving.IsMoving, string.Join(',', moving.Replicas), bench.InSync("big")));
        bench.Admin.CancelReassignment("big", 1);
        bench.Pass(20);

        Assert.Equal(
            [(false, "1", 1), (false, "0", 0)],
            bench.Admin.Partitions("big").Select(
                partition => (partition.IsMoving, string.Join(',', partition.Replicas), partition.Leader ?? -1)));
    }
}
