using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>
/// One thing that happened to a run and that its code is told: what the history says, in the words of the workflow.
/// </summary>
internal abstract class ActivationJob
{
    /// <summary>
    /// The place among the jobs of one activation. Jobs of one rank keep the order in which they came; that order is part of what a
    /// history means, so it never changes.
    /// </summary>
    public abstract JobRank Rank { get; }

    /// <summary>Decodes the payloads that the job carries. What the history holds stays as it is.</summary>
    public virtual Task DecodeAsync(IPayloadCodec codec) => Task.CompletedTask;
}
