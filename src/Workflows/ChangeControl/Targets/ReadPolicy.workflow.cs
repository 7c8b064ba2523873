using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>
/// Tells which policy the workers of this installation follow: what each tier asks, and who has which role. Touches nothing.
/// </summary>
[Workflow(ReadPolicyWorkflow.Name)]
public sealed class ReadPolicyWorkflow
{
    /// <summary>Workflow type; never renamed.</summary>
    public const string Name = "ReadPolicy";

    /// <summary>Asks a worker.</summary>
    [WorkflowRun]
    public Task<ChangePolicy> RunAsync() => Workflow.ExecuteActivityAsync((ITargetActivities a) => a.ReadPolicyAsync(), ActivityCalls.Read);
}
