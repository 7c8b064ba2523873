using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Something that the workflow waits for has ended: with a result, or with a failure.</summary>
/// <param name="sequence">The number of what ended, counted by kind.</param>
/// <param name="result">The result; null without one.</param>
/// <param name="failure">The failure; null for success.</param>
internal abstract class ResolutionJob(uint sequence, Payload? result, Failure? failure) : ActivationJob
{
    public override JobRank Rank => JobRank.Resolution;

    public uint Sequence { get; } = sequence;

    public Payload? Result { get; private set; } = result;

    public Failure? Failure { get; private set; } = failure;

    public override async Task DecodeAsync(IPayloadCodec codec)
    {
        Result = await codec.DecodedAsync(Result);
        Failure = await codec.DecodedAsync(Failure);
    }
}
