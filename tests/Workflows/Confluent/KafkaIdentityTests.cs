using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Tests.Kafka;

namespace Orchestrator.Workflows.Tests.Confluent;

/// <summary>Which Kafka cluster it is, also while Kafka is down.</summary>
public sealed class KafkaIdentityTests
{
    private static readonly KafkaClusterId Inventory = new("the inventory", "id-a");
    private static readonly KafkaClusterId Resource = new("kraftcontrollers confluent/kraftcontroller spec.clusterID", "id-a");

    [Fact]
    public void Id_KafkaIsDown_IsThatOfTheInventoryOrTheResource()
    {
        ConfluentClusterSnapshot cluster = With(Inventory, Resource);

        Assert.Equal("id-a", KafkaIdentity.Of(cluster));
        Assert.Empty(KafkaIdentity.Check(cluster, WholeKafka.Snapshot with { ClusterId = null }, "kafka"));
        Assert.Empty(KafkaIdentity.Check(cluster, null, "kafka"));
    }

    [Fact]
    public void Id_NobodyKnowsButKafka_Blocks()
    {
        Refusal refusal = Assert.Single(KafkaIdentity.Check(With(), WholeKafka.Snapshot, "kafka"));

        Assert.Equal((KafkaCodes.KafkaUnidentified, true), (refusal.Code, refusal.Blocks));
    }

    [Fact]
    public void Id_KafkaSaysAnother_BlocksAndNamesBoth()
    {
        Refusal refusal = Assert.Single(KafkaIdentity.Check(With(Inventory), WholeKafka.Snapshot with { ClusterId = "id-b" }, "kafka"));

        Assert.Equal(ReasonCodes.TargetMismatch, refusal.Code);
        Assert.Equal("Kafka kafka is not one cluster: the inventory says id-a, Kafka itself says id-b.", refusal.Sentence);
    }

    [Fact]
    public void Id_TheResourceSaysAnother_BlocksAndNamesBoth() => Assert.Equal(
        "Kafka kafka is not one cluster: the inventory says id-a, kraftcontrollers confluent/kraftcontroller spec.clusterID says id-b.",
        Assert.Single(KafkaIdentity.Check(With(Inventory, Resource with { Id = "id-b" }), null, "kafka")).Sentence);

    private static ConfluentClusterSnapshot With(params KafkaClusterId[] ids) => WholeConfluent.Cluster with { KafkaClusterIds = ids };
}
