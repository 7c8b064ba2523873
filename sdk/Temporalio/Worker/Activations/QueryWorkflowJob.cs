using Google.Protobuf.Collections;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Activations;

/// <summary>A caller asks something.</summary>
/// <param name="id">The id under which the answer goes back.</param>
/// <param name="query">The question.</param>
internal sealed class QueryWorkflowJob(string id, WorkflowQuery query) : ActivationJob
{
    public override JobRank Rank => JobRank.Query;

    public string Id { get; } = id;

    public string Name { get; } = query.QueryType;

    public IReadOnlyList<Payload> Arguments { get; private set; } = query.QueryArgs?.Payloads_ ?? [];

    public MapField<string, Payload>? Headers { get; private set; } = query.Header?.Fields;

    public override async Task DecodeAsync(IPayloadCodec codec)
    {
        Arguments = await codec.DecodedAsync(Arguments);
        Headers = await codec.DecodedAsync(Headers);
    }
}
