using Temporalio.Activities;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>Changes single fields of Kubernetes objects.</summary>
public interface IObjectActivities
{
    /// <summary>
    /// Brings fields of an object from their planned values to their new ones. Already so: done, without a write. A field that is neither
    /// as planned nor as wanted fails for good with <see cref="ChangeControl.ReasonCodes.PlanChanged"/>.
    /// </summary>
    [Activity("PatchObject")]
    Task<PatchObjectResult> PatchObjectAsync(PatchObjectInput input);
}
