using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Activations;

/// <summary>A child has ended.</summary>
/// <param name="sequence">The child's number.</param>
/// <param name="result">The result; null without one.</param>
/// <param name="failure">The failure; null for success.</param>
internal sealed class ResolveChildJob(uint sequence, Payload? result, Failure? failure) : ResolutionJob(sequence, result, failure);
