using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>The run has started.</summary>
/// <param name="start">The start event.</param>
/// <param name="startTime">When the run started, in UTC.</param>
/// <param name="randomSeed">The seed of the run's randomness.</param>
internal sealed class InitializeWorkflowJob(
    WorkflowExecutionStartedEventAttributes start, DateTime startTime, ulong randomSeed) : ActivationJob
{
    public override JobRank Rank => JobRank.Initialize;

    /// <summary>The start event, for all that holds no payloads.</summary>
    public WorkflowExecutionStartedEventAttributes Start { get; } = start;

    public DateTime StartTime { get; } = startTime;

    public ulong RandomSeed { get; } = randomSeed;

    public IReadOnlyList<Payload> Arguments { get; private set; } = start.Input?.Payloads_ ?? [];

    public MapField<string, Payload>? Headers { get; private set; } = start.Header?.Fields;

    public MapField<string, Payload>? Memo { get; private set; } = start.Memo?.Fields;

    public Failure? LastFailure { get; private set; } = start.ContinuedFailure;

    public IReadOnlyList<Payload>? LastResult { get; private set; } = start.LastCompletionResult?.Payloads_;

    public override async Task DecodeAsync(IPayloadCodec codec)
    {
        Arguments = await codec.DecodedAsync(Arguments);
        Headers = await codec.DecodedAsync(Headers);
        Memo = await codec.DecodedAsync(Memo);
        LastFailure = await codec.DecodedAsync(LastFailure);
        LastResult = LastResult is null ? null : await codec.DecodedAsync(LastResult);
    }
}
