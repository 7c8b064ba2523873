using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Workflows.Tests.ChangeControl.Locks;

/// <summary>Locks follow what a cluster is, and are taken in one order by everybody.</summary>
public sealed class LockSetTests
{
    private static readonly LockPlace Place = new(new ChangeTarget("lab", "confluent"), "uid");

    [Theory]
    [InlineData(
        "kafka", "id", ChangeTier.T2,
        "Shared cluster/uid, Shared cluster/uid/confluent, Exclusive cluster/uid/confluent/kafka, Exclusive kafka/id")]
    [InlineData("kafka", null, ChangeTier.T2, "Shared cluster/uid, Shared cluster/uid/confluent, Exclusive cluster/uid/confluent/kafka")]
    [InlineData(null, null, ChangeTier.T2, "Shared cluster/uid, Exclusive cluster/uid/confluent")]
    [InlineData("kafka", "id", ChangeTier.T3, "Exclusive cluster/uid, Exclusive kafka/id")]
    public void Locks_OfAChange_AreTheseInThisOrder(string? name, string? kafka, ChangeTier tier, string locks) =>
        Assert.Equal(locks, string.Join(", ", LockSet.Of(Place, name, kafka, tier).Select(need => $"{need.Mode} {need.Guard}")));

    [Fact]
    public void Locks_UnderTwoNamesOfOneCluster_AreTheSame() => Assert.Equal(
        LockSet.Of(Place, "kafka", "id", ChangeTier.T2),
        LockSet.Of(Place with { Target = new ChangeTarget("other-name", "confluent") }, "kafka", "id", ChangeTier.T2));

    [Fact]
    public void Locks_OfOneKafkaClusterOnTwoKubernetesClusters_MeetAtItsId() => Assert.Equal(
        LockSet.Of(Place, "kafka", "id", ChangeTier.T2)[^1],
        LockSet.Of(Place with { ClusterUid = "other" }, "kafka", "id", ChangeTier.T2)[^1]);

    [Theory]
    [InlineData("cluster/uid", true)]
    [InlineData("cluster/uid/confluent/kafka", true)]
    [InlineData("kafka/id", true)]
    [InlineData("cluster/uid2", false)]
    [InlineData("cluster/other/confluent", false)]
    public void Guard_IsOfACluster(string guard, bool isOf) => Assert.Equal(isOf, GuardId.IsOf(guard, "uid"));
}
