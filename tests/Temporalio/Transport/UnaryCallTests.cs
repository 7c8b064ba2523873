using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Temporalio.Api.Common.V1;
using Temporalio.Api.ErrorDetails.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using StatusCode = Temporalio.Exceptions.RpcException.StatusCode;

namespace Temporalio.Tests.Transport;

public sealed class UnaryCallTests
{
    private static readonly DescribeNamespaceRequest Request = new() { Namespace = "ns" };
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Call_ToServer_CarriesPathHeadersAndMessage()
    {
        GrpcTestCall? seen = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            seen = call;
            return call.AnswerAsync(new DescribeNamespaceResponse { FailoverVersion = 7 });
        });
        TemporalConnectionOptions options = server.Options();
        options.ApiKey = "key";
        options.Tls = new() { Disabled = true };
        options.RpcMetadata = [new("team", "sre")];
        options.RpcBinaryMetadata = [new("trace-bin", [1, 2, 3])];
        TemporalConnection connection = await server.ConnectAsync(options);

        DescribeNamespaceResponse response = await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal(7, response.FailoverVersion);
        Assert.Equal(Request, DescribeNamespaceRequest.Parser.ParseFrom(seen!.Message));
        Assert.Equal("/temporal.api.workflowservice.v1.WorkflowService/DescribeNamespace", seen.Path);
        (string Name, string Value)[] expected =
        [
            ("content-type", "application/grpc"), ("te", "trailers"), ("grpc-timeout", "30000000u"), ("temporal-namespace", "ns"),
            ("client-name", "temporal-dotnet"), ("authorization", "Bearer key"), ("team", "sre"), ("trace-bin", "AQID"),
            ("grpc-accept-encoding", "gzip"),
        ];
        Assert.Equal(expected, expected.Select(header => (header.Name, seen.Header(header.Name) ?? "missing")));
        Assert.Null(seen.Header("grpc-encoding"));
    }

    [Fact]
    public async Task Call_WithItsOwnMetadata_BeatsThatOfTheConnection()
    {
        GrpcTestCall? seen = null;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            seen = call;
            return call.AnswerAsync(new DescribeNamespaceResponse());
        });
        TemporalConnection connection = await server.ConnectAsync();
        connection.RpcMetadata = [new("team", "sre"), new("shift", "night")];
        connection.ApiKey = "old";

        await connection.WorkflowService.DescribeNamespaceAsync(
            Request, new() { Metadata = [new("Team", "dba"), new("authorization", "own"), new("temporal-namespace", "other")] });

        Assert.Equal(("dba", "night", "own", "other"),
            (seen!.Header("team"), seen.Header("shift"), seen.Header("authorization"), seen.Header("temporal-namespace")));
    }

    [Fact]
    public async Task Connection_WithNewApiKey_SendsItWithTheNextCall()
    {
        List<string?> keys = [];
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            keys.Add(call.Header("authorization"));
            return call.AnswerAsync(new DescribeNamespaceResponse());
        });
        TemporalConnection connection = await server.ConnectAsync();

        await connection.WorkflowService.DescribeNamespaceAsync(Request);
        connection.ApiKey = "second";
        await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal([null, "Bearer second"], keys);
    }

    [Fact]
    public async Task Call_AnsweredWithTrailersOnly_ThrowsStatusMessageAndDetails()
    {
        GrpcStatus status = new() { Code = 5, Message = "no such namespace: ß" };
        status.Details.Add(Any.Pack(new NamespaceNotFoundFailure { Namespace = "ns" }));
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(
            call => call.FailAsync(StatusCode.NotFound, status.Message, status));
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal((StatusCode.NotFound, "no such namespace: ß"), (error.Code, error.Message));
        Assert.Equal(status, error.GrpcStatus.Value);
        Assert.Equal("ns", error.FindDetail<NamespaceNotFoundFailure>()!.Namespace);
    }

    [Fact]
    public async Task Call_AnsweredWithMessageAndErrorInTrailers_ThrowsTheError()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(async call =>
        {
            call.Context.Response.ContentType = "application/grpc";
            await call.Context.Response.Body.WriteAsync(GrpcTestCall.Frame(new DescribeNamespaceResponse()));
            Microsoft.AspNetCore.Http.ResponseTrailerExtensions.AppendTrailer(call.Context.Response, "grpc-status", "10");
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(StatusCode.Aborted, error.Code);
    }

    [Fact]
    public async Task Call_AnsweredInPieces_ReadsTheWholeMessage()
    {
        string large = new('x', 300_000);
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(async call =>
        {
            byte[] frame = GrpcTestCall.Frame(new DescribeNamespaceResponse { NamespaceInfo = new() { Description = large } });
            call.Context.Response.ContentType = "application/grpc";
            foreach (byte[] piece in (byte[][])[frame[..3], frame[3..5], frame[5..70_000], frame[70_000..]])
            {
                await call.Context.Response.Body.WriteAsync(piece);
                await call.Context.Response.Body.FlushAsync();
            }

            Microsoft.AspNetCore.Http.ResponseTrailerExtensions.AppendTrailer(call.Context.Response, "grpc-status", "0");
        });
        TemporalConnection connection = await server.ConnectAsync();

        DescribeNamespaceResponse response = await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal(large, response.NamespaceInfo.Description);
    }

    [Theory]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(502, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(500, StatusCode.Unknown)]
    public async Task Call_AnsweredByAProxy_ThrowsTheStatusThatFits(int httpStatus, StatusCode expected)
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            call.Context.Response.StatusCode = httpStatus;
            return Task.CompletedTask;
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(expected, error.Code);
    }

    [Fact]
    public async Task Call_AnsweredWithAWebPage_NamesItsContentType()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            call.Context.Response.ContentType = "text/html";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(call.Context.Response, "<html/>");
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal((StatusCode.Unknown, true), (error.Code, error.Message.Contains("text/html", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_WithAFrameAboveTheLimit_IsRefusedAndNotRepeated()
    {
        int calls = 0;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(async call =>
        {
            calls++;
            call.Context.Response.ContentType = "application/grpc";
            await call.Context.Response.Body.WriteAsync(new byte[] { 0, 0x10, 0, 0, 0 });
            await call.Context.Response.Body.FlushAsync();
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => connection.WorkflowService.DescribeNamespaceAsync(Request, new() { Retry = true }));

        Assert.Equal(
            (StatusCode.ResourceExhausted, "grpc: received message larger than max (268435456 vs. 134217728)", 1),
            (error.Code, error.Message, calls));
    }

    [Fact]
    public async Task Call_LongerThanItsTimeout_ThrowsDeadlineExceeded()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(HangAsync);
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(
            () => connection.WorkflowService.DescribeNamespaceAsync(Request, new() { Timeout = TimeSpan.FromMilliseconds(100) }));

        Assert.Equal((StatusCode.DeadlineExceeded, "DescribeNamespace took longer than 0.1 s"), (error.Code, error.Message));
    }

    [Fact]
    public async Task Call_Cancelled_ThrowsWithTheCallersTokenAndResetsTheStream()
    {
        TaskCompletionSource arrived = new(), reset = new();
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(async call =>
        {
            call.Context.RequestAborted.Register(reset.SetResult);
            arrived.SetResult();
            await HangAsync(call);
        });
        TemporalConnection connection = await server.ConnectAsync();
        using CancellationTokenSource cancel = new();

        Task<DescribeNamespaceResponse> pending =
            connection.WorkflowService.DescribeNamespaceAsync(Request, new() { CancellationToken = cancel.Token });
        await arrived.Task.WaitAsync(Limit);
        await cancel.CancelAsync();

        OperationCanceledException error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        Assert.Equal(cancel.Token, error.CancellationToken);
        await reset.Task.WaitAsync(Limit);
    }

    [Theory]
    [InlineData(2, StatusCode.Internal)]
    [InlineData(8, StatusCode.Cancelled)]
    [InlineData(11, StatusCode.ResourceExhausted)]
    public async Task Call_WhoseStreamIsReset_ThrowsTheStatusThatFits(int http2Error, StatusCode expected)
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            call.Context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(http2Error);
            return Task.CompletedTask;
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(expected, error.Code);
    }

    [Fact]
    public async Task Call_WhoseStreamIsRefused_IsRepeatedBelowTheCall()
    {
        int calls = 0;
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            if (++calls == 1)
            {
                call.Context.Features.GetRequiredFeature<IHttpResetFeature>().Reset(7);
                return Task.CompletedTask;
            }

            return call.AnswerAsync(new DescribeNamespaceResponse());
        });
        TemporalConnection connection = await server.ConnectAsync();

        await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Connection_AfterGoAway_FinishesTheCallAndMakesTheNextOnANewSocket()
    {
        List<string> sockets = [];
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            sockets.Add(call.Context.Connection.Id);
            call.Context.Features.GetRequiredFeature<IConnectionLifetimeNotificationFeature>().RequestClose();
            return call.AnswerAsync(new DescribeNamespaceResponse());
        });
        TemporalConnection connection = await server.ConnectAsync();

        await connection.WorkflowService.DescribeNamespaceAsync(Request);
        await connection.WorkflowService.DescribeNamespaceAsync(Request);

        Assert.Equal(2, sockets.Distinct().Count());
    }

    [Fact]
    public async Task Call_WhoseConnectionBreaks_ThrowsUnavailable()
    {
        await using GrpcTestServer server = await GrpcTestServer.StartAsync(call =>
        {
            call.Context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().Abort();
            return HangAsync(call);
        });
        TemporalConnection connection = await server.ConnectAsync();

        RpcException error = await Assert.ThrowsAsync<RpcException>(() => connection.WorkflowService.DescribeNamespaceAsync(Request));

        Assert.Equal(StatusCode.Unavailable, error.Code);
    }

    private static async Task HangAsync(GrpcTestCall call)
    {
        TaskCompletionSource aborted = new();
        await using (call.Context.RequestAborted.Register(aborted.SetResult))
        {
            await aborted.Task.WaitAsync(Limit);
        }
    }
}
