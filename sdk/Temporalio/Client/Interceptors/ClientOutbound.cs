using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Temporalio.Client.Interceptors;

/// <summary>The last interceptor of a client: it makes the calls.</summary>
internal sealed partial class ClientOutbound : ClientOutboundInterceptor
{
    private readonly ITemporalClient _client;

    public ClientOutbound(ITemporalClient client) => _client = client;

    private string Namespace => _client.Options.Namespace;

    private string Identity => _client.Connection.Options.Identity!;

    private WorkflowService Service => _client.WorkflowService;

    private static Api.Common.V1.WorkflowExecution ToExecution(string id, string? runId) => new() { WorkflowId = id, RunId = runId ?? string.Empty };

    private static ByteString ToToken(byte[]? token) => token is null ? ByteString.Empty : ByteString.CopyFrom(token);

    private static byte[]? FromToken(ByteString token) => token.IsEmpty ? null : token.ToByteArray();

    private static async Task<Payloads?> ToPayloadsAsync(DataConverter converter, IReadOnlyCollection<object?>? values)
    {
        if (values is not { Count: > 0 })
        {
            return null;
        }

        Payloads payloads = new();
        payloads.Payloads_.Add(await converter.ToPayloadsAsync(values));
        return payloads;
    }

    private static async Task<Header?> ToHeaderAsync(DataConverter converter, IDictionary<string, Payload>? headers)
    {
        if (headers is not { Count: > 0 })
        {
            return null;
        }

        Header header = new();
        header.Fields.Add(headers);
        if (converter.PayloadCodec is { } codec)
        {
            await codec.EncodeInPlaceAsync(header.Fields);
        }

        return header;
    }

    private DataConverter ConverterFor(string workflowId) =>
        _client.Options.DataConverter.WithSerializationContext(new ISerializationContext.Workflow(Namespace, workflowId));
}
