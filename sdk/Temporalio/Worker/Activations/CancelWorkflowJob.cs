namespace Temporalio.Worker.Activations;

/// <summary>The workflow is asked to cancel.</summary>
/// <param name="reason">What the caller said.</param>
internal sealed class CancelWorkflowJob(string reason) : ActivationJob
{
    public override JobRank Rank => JobRank.Resolution;

    public string Reason { get; } = reason;
}
