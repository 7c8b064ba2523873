namespace Temporalio.Client;

/// <summary>Options of an update that starts its workflow where that is needed.</summary>
public class WorkflowUpdateWithStartOptions : WorkflowUpdateOptions
{
    /// <summary>Initializes an instance whose workflow is still to be set.</summary>
    public WorkflowUpdateWithStartOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="startWorkflowOperation">How the workflow is started.</param>
    public WorkflowUpdateWithStartOptions(WithStartWorkflowOperation startWorkflowOperation) =>
        StartWorkflowOperation = startWorkflowOperation;

    /// <summary>Initializes an instance.</summary>
    /// <param name="id">The update id.</param>
    /// <param name="startWorkflowOperation">How the workflow is started.</param>
    public WorkflowUpdateWithStartOptions(string id, WithStartWorkflowOperation startWorkflowOperation)
        : base(id) => StartWorkflowOperation = startWorkflowOperation;

    /// <summary>How the workflow is started; for one call only. Required.</summary>
    public WithStartWorkflowOperation? StartWorkflowOperation { get; set; }

    /// <inheritdoc/>
    public override object Clone()
    {
        WorkflowUpdateWithStartOptions copy = (WorkflowUpdateWithStartOptions)base.Clone();
        copy.StartWorkflowOperation = (WithStartWorkflowOperation?)StartWorkflowOperation?.Clone();
        return copy;
    }
}
