using System.Net;
using System.Security.Cryptography.X509Certificates;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>A server on a port of its own that answers as the test says: what a real API server cannot be made to say at will.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app) => _app = app;

    /// <summary>Address of the server.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Starts a server without TLS.</summary>
    public static Task<ScriptedServer> StartAsync(RequestDelegate answer) => StartAsync(answer, null, null);

    /// <summary>
    /// Starts a server with this certificate, which demands a certificate of the client where <paramref name="clientCheck"/> is given.
    /// </summary>
    public static async Task<ScriptedServer> StartAsync(
        RequestDelegate answer, X509Certificate2? certificate, Func<X509Certificate2, X509Chain?, bool>? clientCheck)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    if (clientCheck is not null)
                    {
                        https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                        https.ClientCertificateValidation = (client, chain, _) => clientCheck(client, chain);
                    }
                });
            }
        }));
        WebApplication app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new ScriptedServer(app);
    }

    /// <summary>A client of this server, with settings beyond the address.</summary>
    public IKubernetes Client(TimeProvider timeProvider, Func<ClusterConnection, ClusterConnection>? with = null)
    {
        ClusterConnection options = new() { Server = Address };
        return (with is null ? options : with(options)).Open(timeProvider);
    }

    public async ValueTask DisposeAsync()
    {
        using CancellationTokenSource atOnce = new(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
