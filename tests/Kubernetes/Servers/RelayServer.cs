using System.Net.Security;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>Passes GET requests on to the API server, and lets the test act before each.</summary>
public sealed class RelayServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private readonly HttpClient _onward;

    private RelayServer(ScriptedServer server, HttpClient onward, ClusterConnection options)
    {
        _server = server;
        _onward = onward;
        Options = options;
    }

    /// <summary>Connection settings that lead through the relay.</summary>
    public ClusterConnection Options { get; }

    public static async Task<RelayServer> StartAsync(ApiServer api, Func<HttpRequest, Task> before)
    {
#pragma warning disable CA5359 // The lab's own server, on the loopback address.
        SslClientAuthenticationOptions anyone = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true };
        SocketsHttpHandler handler = new() { SslOptions = anyone };
#pragma warning restore CA5359
        HttpClient onward = new(handler) { BaseAddress = api.Connection.Server };
        onward.DefaultRequestHeaders.Authorization = new("Bearer", api.Connection.Token);
        ScriptedServer server = await ScriptedServer.StartAsync(async context =>
        {
            await before(context.Request);
            using HttpResponseMessage answer = await onward.GetAsync(
                context.Request.Path + context.Request.QueryString, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        return new RelayServer(server, onward, new ClusterConnection { Server = server.Address });
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _onward.Dispose();
    }
}
