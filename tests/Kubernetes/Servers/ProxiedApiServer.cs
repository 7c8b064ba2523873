using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>A way to the API server that can be cut, silenced and reset.</summary>
public sealed class ProxiedApiServer : IAsyncDisposable
{
    private ProxiedApiServer(FaultyWire wire, ClusterConnection options)
    {
        Wire = wire;
        Options = options with { Server = new Uri($"https://{wire.Address}") };
    }

    /// <summary>The way.</summary>
    public FaultyWire Wire { get; }

    /// <summary>Connection settings that lead through it.</summary>
    public ClusterConnection Options { get; }

    public static async Task<ProxiedApiServer> StartAsync(ApiServer api, CancellationToken cancellationToken) =>
        new(await api.Lab.Faults.WireAsync(api.Connection.Server.Authority, cancellationToken), api.Connection);

    public ValueTask DisposeAsync() => Wire.DisposeAsync();
}
