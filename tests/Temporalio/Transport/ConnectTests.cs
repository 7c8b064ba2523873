using System.Net;
using System.Net.Sockets;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Transport;

public sealed class ConnectTests
{
    [Fact]
    public async Task Connect_WhereNobodyListens_FailsWithTheAddress()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        string address = taken.LocalEndpoint.ToString()!;
        taken.Stop();

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => TemporalConnection.ConnectAsync(new(address)));

        Assert.StartsWith($"Connection failed: {address}", error.Message, StringComparison.Ordinal);
        Assert.Equal(RpcException.StatusCode.Unavailable, Assert.IsType<RpcException>(error.InnerException).Code);
    }

    [Fact]
    public async Task LazyConnection_WithItsFirstCall_ReachesTheServerOnce()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call => call.AnswerAsync(new DescribeNamespaceResponse()));
        TemporalConnection connection = TemporalConnection.CreateLazy(server.Options());
        Assert.False(connection.IsConnected);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => connection.WorkflowService.DescribeNamespaceAsync(new())));

        Assert.True(connection.IsConnected);
    }

    [Fact]
    public void Connection_WithoutIdentity_NamesProcessAndHost() => Assert.Equal(
        $"{Environment.ProcessId}@{Dns.GetHostName()}", TemporalConnection.CreateLazy(new("localhost:7233")).Options.Identity);
}
