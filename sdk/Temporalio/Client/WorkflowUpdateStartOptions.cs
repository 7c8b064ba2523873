namespace Temporalio.Client;

/// <summary>Options of starting an update.</summary>
public class WorkflowUpdateStartOptions : WorkflowUpdateOptions
{
    /// <summary>Initializes an instance whose stage is still to be set.</summary>
    public WorkflowUpdateStartOptions()
    {
    }

    /// <summary>Initializes an instance.</summary>
    /// <param name="waitForStage">How far the update must have come.</param>
    public WorkflowUpdateStartOptions(WorkflowUpdateStage waitForStage) => WaitForStage = waitForStage;

    /// <summary>Initializes an instance.</summary>
    /// <param name="id">The update id.</param>
    /// <param name="waitForStage">How far the update must have come.</param>
    public WorkflowUpdateStartOptions(string id, WorkflowUpdateStage waitForStage)
        : base(id) => WaitForStage = waitForStage;

    /// <summary>How far the update must have come before the start returns: accepted or completed. Required.</summary>
    public WorkflowUpdateStage WaitForStage { get; set; }
}
