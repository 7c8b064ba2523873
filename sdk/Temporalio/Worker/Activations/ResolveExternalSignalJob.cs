using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Activations;

/// <summary>A signal to another workflow was delivered, or could not be.</summary>
/// <param name="sequence">The signal's number.</param>
/// <param name="failure">The failure; null for success.</param>
internal sealed class ResolveExternalSignalJob(uint sequence, Failure? failure) : ResolutionJob(sequence, null, failure);
