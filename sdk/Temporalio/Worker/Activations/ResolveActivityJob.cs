using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Worker.Activations;

/// <summary>An activity has ended.</summary>
/// <param name="sequence">The activity's number.</param>
/// <param name="result">The result; null without one.</param>
/// <param name="failure">The failure; null for success.</param>
internal sealed class ResolveActivityJob(uint sequence, Payload? result, Failure? failure) : ResolutionJob(sequence, result, failure);
