namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>The contract on the cluster in the box.</summary>
public sealed class ControllerBoxTests
{
    [Fact]
    public Task Set_Ordered_StartsFromZeroAndRollsFromTheHighest() => RunAsync(contract => contract.OrderedSetAsync());

    [Fact]
    public Task Set_OnDelete_ReplacesAPodOnlyWhenItIsDeleted() => RunAsync(contract => contract.SetThatUpdatesOnDeleteAsync());

    [Fact]
    public Task Set_WithAPartition_KeepsThePodsBelow() => RunAsync(contract => contract.PartitionAsync());

    [Fact]
    public Task Set_MadeSmaller_LosesItsHighestPods() => RunAsync(contract => contract.ScaleDownAsync());

    [Fact]
    public Task Revision_HasTheNameOfItsTemplate() => RunAsync(contract => contract.RevisionNameAsync());

    [Fact]
    public Task Eviction_BeyondTheBudget_IsRefusedInNumbers() => RunAsync(contract => contract.EvictionAsync());

    [Fact]
    public Task Pod_ThatFitsNowhere_SaysWhy() => RunAsync(contract => contract.UnschedulableAsync());

    [Fact]
    public Task Pods_ThatKeepApart_TakeANodeEach() => RunAsync(contract => contract.AntiAffinityAsync());

    [Fact]
    public Task Node_EachHasItsOwnReason() => RunAsync(contract => contract.SeveralReasonsAsync());

    [Fact]
    public Task Taint_ThatIsExecuted_TakesThePodOff() => RunAsync(contract => contract.ExecutedTaintAsync());

    [Fact]
    public Task Orphans_AreTakenOver() => RunAsync(contract => contract.OrphansAsync());

    [Fact]
    public Task Deletion_TakesAlongWhatIsOwned() => RunAsync(contract => contract.CascadesAsync());

    [Fact]
    public Task Quota_ThatIsUsedUp_IsToldInNumbers() => RunAsync(contract => contract.QuotaAsync());

    [Fact]
    public Task Deployment_RollsWithinItsSurge() => RunAsync(contract => contract.DeploymentAsync());

    [Fact]
    public Task Job_RunsToItsEnd() => RunAsync(contract => contract.JobAsync());

    [Fact]
    public Task Service_KnowsItsPods() => RunAsync(contract => contract.EndpointsAsync());

    private static async Task RunAsync(Func<ControllerContract, Task> run)
    {
        await using BoxCluster cluster = new();
        cluster.ControlPlane.AddNodes(3);
        await using ControllerContract contract = await ControllerContract.BeginAsync(cluster);
        await run(contract);
    }
}
