using Temporalio.Activities;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>Removes pods and other objects, each one only once.</summary>
public interface IRemovalActivities
{
    /// <summary>Requests the eviction of a pod once, subject to the disruption budgets; does not wait.</summary>
    [Activity("EvictPod")]
    Task<EvictPodResult> EvictPodAsync(EvictPodInput input);

    /// <summary>Deletes an object. One that is gone already is not an error.</summary>
    [Activity("DeleteObject")]
    Task<DeleteObjectResult> DeleteObjectAsync(DeleteObjectInput input);
}
