using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Temporalio.Tests.Transport;

/// <summary>A gRPC server on a real socket. It answers GetSystemInfo; the test answers everything else.</summary>
internal sealed class GrpcTestServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GrpcTestServer(WebApplication app) => _app = app;

    public string Address => new Uri(_app.Urls.Single()).Authority;

    public static async Task<GrpcTestServer> StartAsync(
        Func<GrpcTestCall, Task> answer, X509Certificate2? certificate = null, Action<X509Certificate2>? onClientCertificate = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = onClientCertificate is null ? default : ClientCertificateMode.RequireCertificate;
                    https.ClientCertificateValidation = (client, _, _) =>
                    {
                        onClientCertificate?.Invoke(client);
                        return true;
                    };
                });
            }
        }));
        WebApplication app = builder.Build();
        app.Run(async context =>
        {
            GrpcTestCall call = await GrpcTestCall.ReadAsync(context);
            await (call.Method == "GetSystemInfo" ? call.AnswerAsync(new GetSystemInfoResponse()) : answer(call));
        });
        await app.StartAsync();
        return new(app);
    }

    public TemporalConnectionOptions Options() => new(Address);

    public Task<TemporalConnection> ConnectAsync(TemporalConnectionOptions? options = null) =>
        TemporalConnection.ConnectAsync(options ?? Options());

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}

/// <summary>One call that the test server got.</summary>
internal sealed class GrpcTestCall(HttpContext context, bool compressed, byte[] message)
{
    // The context is recycled when the call is over; what tests look at afterwards is kept.
    private readonly Dictionary<string, string> _headers = context.Request.Headers.ToDictionary(
        header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    public HttpContext Context => context;

    public string Path { get; } = context.Request.Path;

    public string Method => Path.Split('/')[^1];

    public bool Compressed => compressed;

    public byte[] Message => message;

    public string? Header(string name) => _headers.GetValueOrDefault(name);

    public static async Task<GrpcTestCall> ReadAsync(HttpContext context)
    {
        using MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        byte[] frame = body.ToArray();
        Assert.Equal(frame.Length - 5, BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)));
        bool compressed = frame[0] == 1;
        return new(context, compressed, compressed ? Decompress(frame[5..]) : frame[5..]);
    }

    public async Task AnswerAsync(IMessage message, bool compress = false)
    {
        context.Response.ContentType = "application/grpc";
        if (compress)
        {
            context.Response.Headers["grpc-encoding"] = "gzip";
        }

        await context.Response.Body.WriteAsync(Frame(message, compress));
        context.Response.AppendTrailer("grpc-status", "0");
    }

    public Task FailAsync(RpcException.StatusCode code, string message, IMessage? status = null)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = $"{(int)code}";
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        if (status is not null)
        {
            context.Response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
        }

        return Task.CompletedTask;
    }

    public static byte[] Frame(IMessage message, bool compress = false)
    {
        byte[] bytes = compress ? Compress(message.ToByteArray()) : message.ToByteArray();
        byte[] frame = [compress ? (byte)1 : (byte)0, 0, 0, 0, 0, .. bytes];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), bytes.Length);
        return frame;
    }

    private static byte[] Compress(byte[] message)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionMode.Compress))
        {
            gzip.Write(message);
        }

        return target.ToArray();
    }

    private static byte[] Decompress(byte[] message)
    {
        using MemoryStream target = new();
        using GZipStream gzip = new(new MemoryStream(message), CompressionMode.Decompress);
        gzip.CopyTo(target);
        return target.ToArray();
    }
}
