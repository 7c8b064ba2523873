using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Activations;

/// <summary>A child has started, or will never start.</summary>
/// <param name="sequence">The child's number.</param>
/// <param name="runId">The child's run; null if it did not start.</param>
/// <param name="failure">The cancellation that came before the start; null without one.</param>
internal sealed class ResolveChildStartJob(uint sequence, string? runId, Failure? failure) : ResolutionJob(sequence, null, failure)
{
    public string? RunId { get; } = runId;

    /// <summary>Why the server did not start the child; null if it did.</summary>
    public ChildStartRefusal? Refusal { get; init; }
}
