using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>Answers as an Alertmanager does, with the alerts that the test lets fire.</summary>
internal sealed class AlertingServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;
    private volatile string _alerts = "[]";

    private AlertingServer(string address)
    {
        Address = address;
        _listener.Prefixes.Add(address);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address { get; }

    public static AlertingServer Start()
    {
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new($"http://127.0.0.1:{port}/");
    }

    /// <summary>A critical alert of a namespace fires from now on.</summary>
    public void Fire(string name, string @namespace) => _alerts =
        $$$"""
        [{
          "fingerprint":"{{{name}}}",
          "startsAt":"2026-11-21T12:00:00.000Z",
          "labels":{"alertname":"{{{name}}}","namespace":"{{{@namespace}}}","severity":"critical"},
          "annotations":{}
        }]
        """;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _listener.Close();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                byte[] answer = System.Text.Encoding.UTF8.GetBytes(_alerts);
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(answer);
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                // Stopped, or who asked is gone.
            }
        }
    }
}
