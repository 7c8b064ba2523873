using Temporalio.Common;
using Temporalio.Workflows;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>A workflow that stays with the build of the worker that began it.</summary>
[Workflow("PinnedRun", VersioningBehavior = VersioningBehavior.Pinned)]
public sealed class PinnedWorkflow
{
    private bool _isOver;

    [WorkflowRun]
    public Task RunAsync() => Workflow.WaitConditionAsync(() => _isOver);

    [WorkflowUpdate]
    public Task<string> BuildAsync(bool ends)
    {
        _isOver |= ends;
        return Task.FromResult(Workflow.CurrentDeploymentVersion?.BuildId ?? "none");
    }
}

/// <summary>A workflow that moves along with the deployment of its worker.</summary>
[Workflow("MovedRun", VersioningBehavior = VersioningBehavior.AutoUpgrade)]
public sealed class MovedWorkflow
{
    private bool _isOver;

    [WorkflowRun]
    public Task RunAsync() => Workflow.WaitConditionAsync(() => _isOver);

    [WorkflowUpdate]
    public Task<string> BuildAsync(bool ends)
    {
        _isOver |= ends;
        return Task.FromResult(Workflow.CurrentDeploymentVersion?.BuildId ?? "none");
    }
}
