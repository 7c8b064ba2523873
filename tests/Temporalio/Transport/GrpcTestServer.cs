using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

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
