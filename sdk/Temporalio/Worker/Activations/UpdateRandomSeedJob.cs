namespace Temporalio.Worker.Activations;

/// <summary>The run was reset and draws other random numbers from here on.</summary>
/// <param name="randomSeed">The new seed.</param>
internal sealed class UpdateRandomSeedJob(ulong randomSeed) : ActivationJob
{
    public override JobRank Rank => JobRank.RandomSeed;

    public ulong RandomSeed { get; } = randomSeed;
}
