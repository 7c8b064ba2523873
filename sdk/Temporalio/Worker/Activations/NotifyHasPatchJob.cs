namespace Temporalio.Worker.Activations;

/// <summary>The history has a patch's marker, so replayed code takes the new path.</summary>
/// <param name="patchId">The patch's id.</param>
internal sealed class NotifyHasPatchJob(string patchId) : ActivationJob
{
    public override JobRank Rank => JobRank.Patch;

    public string PatchId { get; } = patchId;
}
