using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Temporalio.Tests.Transport;

public sealed class CompressionTests
{
    private static readonly SignalWorkflowExecutionRequest Large = new() { SignalName = new string('s', 5000) };

    [Fact]
    public async Task Message_OfAKibibyteAndMore_IsCompressedAndAnsweredInKind()
    {
        GrpcTestCall? seen = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            seen = call;
            return call.AnswerAsync(new SignalWorkflowExecutionResponse { Link = new() { WorkflowEvent = new() { WorkflowId = "w" } } }, compress: true);
        });
        TemporalConnection connection = await server.ConnectAsync();

        SignalWorkflowExecutionResponse response = await connection.WorkflowService.SignalWorkflowExecutionAsync(Large);

        Assert.Equal((true, "gzip"), (seen!.Compressed, seen.Header("grpc-encoding")));
        Assert.Equal(Large, SignalWorkflowExecutionRequest.Parser.ParseFrom(seen.Message));
        Assert.Equal("w", response.Link.WorkflowEvent.WorkflowId);
    }

    [Fact]
    public async Task Message_WithCompressionOff_IsSentAsItIs()
    {
        GrpcTestCall? seen = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            seen = call;
            return call.AnswerAsync(new SignalWorkflowExecutionResponse());
        });
        TemporalConnectionOptions options = server.Options();
        options.GrpcCompression = new GrpcCompression.None();
        TemporalConnection connection = await server.ConnectAsync(options);

        await connection.WorkflowService.SignalWorkflowExecutionAsync(Large);

        Assert.Equal((false, null, null), (seen!.Compressed, seen.Header("grpc-encoding"), seen.Header("grpc-accept-encoding")));
    }

    [Fact]
    public async Task History_ThatIsFetched_IsAskedForCompressed()
    {
        GrpcTestCall? seen = null;
        GetWorkflowExecutionHistoryResponse answer = new() { History = new() };
        answer.History.Events.Add(new HistoryEvent { EventId = 1 });
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            seen = call;
            return call.AnswerAsync(answer, compress: true);
        });
        TemporalConnection connection = await server.ConnectAsync();

        GetWorkflowExecutionHistoryResponse response = await connection.WorkflowService.GetWorkflowExecutionHistoryAsync(
            new() { Execution = new() { WorkflowId = "w" } });

        Assert.Equal((false, "gzip"), (seen!.Compressed, seen.Header("grpc-encoding")));
        Assert.Equal(answer, response);
    }
}
