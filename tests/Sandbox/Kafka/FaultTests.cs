using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Tests.Kafka;

/// <summary>Quorum, disks and versions that go wrong.</summary>
public sealed class FaultTests
{
    private static readonly TopicScenario Orders = new() { Name = "orders", Assignment = [[0, 1, 2], [1, 2, 0]] };

    [Fact]
    public void Quorum_WithoutAMajority_ChangesNothingUntilItHasALeaderAgain()
    {
        KafkaBench bench = new(new() { Topics = [Orders] });
        bench.Faults.CutOffController(9991);
        bench.Faults.CutOffController(9992);
        bench.Pass(4);
        Assert.Null(bench.Admin.ActiveController);
        Assert.Throws<KafkaRefusalException>(() => bench.Admin.ElectPreferredLeaders());
        bench.Processes.Kill(0);
        bench.Pass(60);
        Assert.Equal((0, "0,1,2"), (bench.Partition("orders").Leader, bench.InSync("orders")));

        bench.Faults.JoinController(9991);
        bench.Pass(4);
        Assert.NotNull(bench.Admin.ActiveController);
        bench.Pass(10);
        Assert.Equal((1, "1,2"), (bench.Partition("orders").Leader, bench.InSync("orders")));
    }

    [Fact]
    public void Quorum_AVoterThatWasHeld_IsNotElected()
    {
        KafkaBench bench = new(new());
        bench.Faults.HoldController(9991);
        bench.Pass(100);
        bench.Processes.Kill(9990);
        bench.Pass(5);
        Assert.Equal(9992, bench.Admin.ActiveController);
    }

    [Fact]
    public void Replica_ThatLeads_GivesTheLeadAwayBeforeItIsHeld()
    {
        KafkaBench bench = new(new() { Topics = [Orders] });
        Assert.Equal(0, bench.Partition("orders").Leader);
        bench.Faults.HoldReplica("orders", 0, 0);
        bench.Pass(60);
        Assert.Equal((1, "1,2"), (bench.Partition("orders").Leader, bench.InSync("orders")));

        bench.Faults.HoldReplica("orders", 0, 1);
        bench.Pass(60);
        Assert.Equal((2, "2"), (bench.Partition("orders").Leader, bench.InSync("orders")));
        KafkaRefusalException refused = Assert.Throws<KafkaRefusalException>(() => bench.Faults.HoldReplica("orders", 0, 2));
        Assert.Equal(
            "Broker 2 leads orders-0, and no other replica is in sync to lead in its place: the leader of a partition is always in sync.",
            refused.Message);

        bench.Faults.ReleaseReplica("orders", 0, 0);
        bench.Settle();
        Assert.Equal("0,2", bench.InSync("orders"));
    }

    [Fact]
    public void Broker_StartedWithoutAQuorum_WaitsForIt()
    {
        KafkaBench bench = new(new() { Running = false });
        bench.Processes.Start(0);
        bench.Pass(60);
        Assert.Equal(ProcessPhase.Starting, bench.Phase(0));
        bench.Processes.Start(9990);
        bench.Processes.Start(9991);
        bench.Pass(10);
        Assert.Equal(ProcessPhase.Running, bench.Phase(0));
    }

    [Fact]
    public void Disk_Full_EndsTheBrokerEachTimeUntilThereIsRoom()
    {
        KafkaBench bench = new(new() { Topics = [Orders] });
        bench.Faults.FillDisk(2, 100);
        Assert.Equal("all log folders have failed, the last of them /mnt/data/data0/logs", bench.Processes.Read(2).Exit);
        bench.Pass(10);
        bench.Processes.Start(2);
        bench.Pass(10);
        Assert.Equal(
            (ProcessPhase.Ended, "log folder /mnt/data/data0/logs cannot be written"), (bench.Phase(2), bench.Processes.Read(2).Exit));

        bench.Faults.FillDisk(2, 50);
        bench.Processes.Start(2);
        bench.Settle();
        Assert.Equal((ProcessPhase.Running, "0,1,2"), (bench.Phase(2), bench.InSync("orders")));
    }

    [Fact]
    public void Disk_OneOfTwoFailed_TakesItsReplicasAndNotTheBroker()
    {
        KafkaBench bench = new(new() { Topics = [Orders], Disks = new() { Folders = 2 } });
        bench.Faults.FailFolder(0, 0);
        Assert.Equal(ProcessPhase.Running, bench.Phase(0));
        Assert.Equal(
            [(1, "1,2"), (1, "0,1,2")],
            bench.Admin.Partitions("orders").Select(partition => (partition.Leader ?? -1, string.Join(',', partition.InSync.Order()))));
    }

    [Fact]
    public void Version_OlderThanTheFinalisedLevel_CannotJoinAnyMore()
    {
        KafkaBench bench = new(new() { Version = "4.1.1" });
        foreach (int node in (int[])[.. bench.Processes.Controllers, .. bench.Processes.Brokers])
        {
            KafkaRefusalException refused = Assert.Throws<KafkaRefusalException>(() => bench.Admin.SetFeature("metadata.version", "4.2"));
            Assert.StartsWith("Invalid update version 29 for feature metadata.version.", refused.Message, StringComparison.Ordinal);
            bench.Processes.Stop(node);
            bench.Pass(2);
            bench.Processes.Start(node, "4.2.0");
            bench.Pass(10);
        }

        Assert.Equal("4.1-IV1", bench.Admin.FeatureName("metadata.version"));
        bench.Admin.SetFeature("metadata.version", "4.2");
        bench.Processes.Stop(0);
        bench.Pass(2);
        bench.Processes.Start(0, "4.1.1");
        bench.Pass(30);
        Assert.Equal(ProcessPhase.Registering, bench.Phase(0));
        bench.Pass(60);
        Assert.Equal(
            "UNSUPPORTED_VERSION: Kafka 4.1.1 does not support level 29 of metadata.version.", bench.Processes.Read(0).Exit);
    }
}
