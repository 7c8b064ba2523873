namespace Temporalio.Worker.Activations;

/// <summary>A timer has fired.</summary>
/// <param name="sequence">The timer's number.</param>
internal sealed class FireTimerJob(uint sequence) : ActivationJob
{
    public override JobRank Rank => JobRank.Resolution;

    public uint Sequence { get; } = sequence;
}
