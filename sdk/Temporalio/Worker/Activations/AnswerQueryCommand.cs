using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>Answers a query.</summary>
/// <param name="QueryId">The query's id.</param>
/// <param name="Answer">The answer; null if the query failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record AnswerQueryCommand(string QueryId, Payload? Answer, Failure? Failure) : WorkflowCommand
{
    public Payload? Answer { get; private set; } = Answer;

    public override async Task EncodeAsync(IPayloadCodec codec)
    {
        Answer = Answer is null ? null : await codec.EncodeSingleAsync(Answer);
        if (Failure is not null)
        {
            await codec.EncodeFailureAsync(Failure);
        }
    }
}
