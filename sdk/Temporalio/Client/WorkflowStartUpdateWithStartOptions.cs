namespace Temporalio.Client;

/// <summary>Options of starting an update that starts its workflow where that is needed.</summary>
public class WorkflowStartUpdateWithStartOptions : WorkflowUpdateWithStartOptions
{
    /// <summary>Initializes an instance whose workflow and stage are still to be set.</summary>
    public WorkflowStartUpdateWithStartOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="startWorkflowOperation">How the workflow is started.</param>
    /// <param name="waitForStage">How far the update must have come.</param>
    public WorkflowStartUpdateWithStartOptions(WithStartWorkflowOperation startWorkflowOperation, WorkflowUpdateStage waitForStage)
        : base(startWorkflowOperation) => WaitForStage = waitForStage;

    /// <summary>Initializes an instance.</summary>
    /// <param name="id">The update id.</param>
    /// <param name="startWorkflowOperation">How the workflow is started.</param>
    /// <param name="waitForStage">How far the update must have come.</param>
    public WorkflowStartUpdateWithStartOptions(
        string id, WithStartWorkflowOperation startWorkflowOperation, WorkflowUpdateStage waitForStage)
        : base(id, startWorkflowOperation) => WaitForStage = waitForStage;

    /// <summary>How far the update must have come before the start returns: accepted or completed. Required.</summary>
    public WorkflowUpdateStage WaitForStage { get; set; }

    /// <summary>These options, for an update that is waited for.</summary>
    internal static WorkflowStartUpdateWithStartOptions Completed(WorkflowUpdateWithStartOptions options) => new()
    {
        Id = options.Id,
        Rpc = options.Rpc,
        StartWorkflowOperation = options.StartWorkflowOperation,
        WaitForStage = WorkflowUpdateStage.Completed,
    };
}
