using Temporalio.Activities;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>Removes pods and other objects, each one only once.</summary>
public interface IRemovalActivities
{
    /// <summary>Asks once that a pod goes, as far as the disruption budgets allow; waits for nothing.</summary>
    [Activity("EvictPod")]
    Task<EvictPodResult> EvictPodAsync(EvictPodInput input);

    /// <summary>Deletes an object. One that is gone already is no error.</summary>
    [Activity("DeleteObject")]
    Task<DeleteObjectResult> DeleteObjectAsync(DeleteObjectInput input);
}
