using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Transport;

public sealed class RelayTests
{
    [Fact]
    public async Task Connection_ThatGoesSilent_IsGivenUpByItsPings()
    {
        TaskCompletionSource arrived = new(), never = new();
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(_ =>
        {
            arrived.SetResult();
            return never.Task;
        });
        await using TcpRelay relay = TcpRelay.To(server.Address);
        TemporalConnectionOptions options = new(relay.Address)
        {
            KeepAlive = new() { Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) },
        };
        TemporalConnection connection = await TemporalConnection.ConnectAsync(options);

        Task<PollWorkflowTaskQueueResponse> poll = connection.WorkflowService.PollWorkflowTaskQueueAsync(new());
        await arrived.Task.Within();
        relay.GoSilent();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => poll.Within());
        never.SetResult();
        Assert.Equal(RpcException.StatusCode.Unavailable, error.Code);
    }

    [Fact]
    public async Task Connection_ThroughAProxy_AuthenticatesThere()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(
            call => call.AnswerAsync(new DescribeNamespaceResponse()), TestCertificates.Shared.Server);
        await using TcpRelay proxy = TcpRelay.ProxyTo(server.Address, "user:secret");
        TemporalConnectionOptions options = new("temporal.test:7233")
        {
            Tls = new() { ServerRootCACert = TestCertificates.Shared.RootPem },
            HttpConnectProxy = new(proxy.Address) { BasicAuth = ("user", "secret") },
        };

        TemporalConnection connection = await TemporalConnection.ConnectAsync(options);

        Assert.True(connection.IsConnected);
        Assert.Equal("CONNECT temporal.test:7233 HTTP/1.1 allowed", proxy.ProxyRequests[^1]);
    }

    [Fact]
    public void Connection_ThroughAProxyWithoutTls_IsNotSupported() => Assert.Throws<NotSupportedException>(
        () => TemporalConnection.CreateLazy(new("localhost:7233") { HttpConnectProxy = new("localhost:3128") }));
}
