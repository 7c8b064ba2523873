using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Activations;

/// <summary>A request to cancel another workflow was delivered, or could not be.</summary>
/// <param name="sequence">The request's number.</param>
/// <param name="failure">The failure; null for success.</param>
internal sealed class ResolveExternalCancelJob(uint sequence, Failure? failure) : ResolutionJob(sequence, null, failure);
