using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Controllers;

/// <summary>The contract on a real control plane.</summary>
[Trait("Category", "Lab")]
public sealed class ControllerLabTests(LabCluster cluster) : IClassFixture<LabCluster>
{
    [LabFact]
    public Task Set_Ordered_StartsFromZeroAndRollsFromTheHighest() => RunAsync(contract => contract.OrderedSetAsync());

    [LabFact]
    public Task Set_OnDelete_ReplacesAPodOnlyWhenItIsDeleted() => RunAsync(contract => contract.SetThatUpdatesOnDeleteAsync());

    [LabFact]
    public Task Set_WithAPartition_KeepsThePodsBelow() => RunAsync(contract => contract.PartitionAsync());

    [LabFact]
    public Task Set_MadeSmaller_LosesItsHighestPods() => RunAsync(contract => contract.ScaleDownAsync());

    [LabFact]
    public Task Revision_HasTheNameOfItsTemplate() => RunAsync(contract => contract.RevisionNameAsync());

    [LabFact]
    public Task Eviction_BeyondTheBudget_IsRefusedInNumbers() => RunAsync(contract => contract.EvictionAsync());

    [LabFact]
    public Task Pod_ThatFitsNowhere_SaysWhy() => RunAsync(contract => contract.UnschedulableAsync());

    [LabFact]
    public Task Pods_ThatKeepApart_TakeANodeEach() => RunAsync(contract => contract.AntiAffinityAsync());

    [LabFact]
    public Task Node_EachHasItsOwnReason() => RunAsync(contract => contract.SeveralReasonsAsync());

    [LabFact]
    public Task Taint_ThatIsExecuted_TakesThePodOff() => RunAsync(contract => contract.ExecutedTaintAsync());

    [LabFact]
    public Task Orphans_AreTakenOver() => RunAsync(contract => contract.OrphansAsync());

    [LabFact]
    public Task Deletion_TakesAlongWhatIsOwned() => RunAsync(contract => contract.CascadesAsync());

    [LabFact]
    public Task Quota_ThatIsUsedUp_IsToldInNumbers() => RunAsync(contract => contract.QuotaAsync());

    [LabFact]
    public Task Deployment_RollsWithinItsSurge() => RunAsync(contract => contract.DeploymentAsync());

    [LabFact]
    public Task Job_RunsToItsEnd() => RunAsync(contract => contract.JobAsync());

    [LabFact]
    public Task Service_KnowsItsPods() => RunAsync(contract => contract.EndpointsAsync());

    private async Task RunAsync(Func<ControllerContract, Task> run)
    {
        await using ControllerContract contract = await ControllerContract.BeginAsync(cluster);
        await run(contract);
    }
}
