using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>A way to the API server through toxiproxy, which can be closed, cut and silenced.</summary>
public sealed class ProxiedApiServer : IAsyncDisposable
{
    private readonly HttpClient _toxiproxy;
    private readonly string _name = $"api-{Guid.NewGuid():N}";

    private ProxiedApiServer(LabServers lab, KubernetesClientOptions options)
    {
        _toxiproxy = new HttpClient { BaseAddress = lab.Toxiproxy };
        Options = options;
    }

    /// <summary>Connection settings that lead through the proxy.</summary>
    public KubernetesClientOptions Options { get; private set; }

    public static async Task<ProxiedApiServer> StartAsync(ApiServer api, CancellationToken cancellationToken)
    {
        ProxiedApiServer proxied = new(api.Lab, api.Admin.Options);
        using HttpResponseMessage created = await proxied._toxiproxy.PostAsJsonAsync(
            "/proxies",
            new { name = proxied._name, listen = "127.0.0.1:0", upstream = api.Admin.Options.Server.Authority, enabled = true },
            cancellationToken);
        created.EnsureSuccessStatusCode();
        JsonObject proxy = (await created.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        proxied.Options = api.Admin.Options with { Server = new Uri($"https://{proxy["listen"]!.GetValue<string>()}") };
        return proxied;
    }

    /// <summary>Ends all connections and accepts no new one.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) => SetEnabledAsync(false, cancellationToken);

    /// <summary>Accepts connections again.</summary>
    public Task OpenAsync(CancellationToken cancellationToken) => SetEnabledAsync(true, cancellationToken);

    /// <summary>Ends connections once this many bytes of answers have passed.</summary>
    public Task CutAfterAsync(int bytes, CancellationToken cancellationToken) => AddToxicAsync("limit_data", new { bytes }, cancellationToken);

    /// <summary>Resets connections, instead of closing them.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => AddToxicAsync("reset_peer", new { timeout = 0 }, cancellationToken);

    /// <summary>Keeps connections open and lets nothing through.</summary>
    public Task SilenceAsync(CancellationToken cancellationToken) => AddToxicAsync("timeout", new { timeout = 0 }, cancellationToken);

    /// <summary>Takes back what was done with <see cref="CutAfterAsync"/> and its like.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage removed = await _toxiproxy.DeleteAsync($"/proxies/{_name}/toxics/toxic", cancellationToken);
        removed.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        using HttpResponseMessage removed = await _toxiproxy.DeleteAsync($"/proxies/{_name}");
        _toxiproxy.Dispose();
    }

    private async Task SetEnabledAsync(bool enabled, CancellationToken cancellationToken)
    {
        using HttpResponseMessage changed = await _toxiproxy.PostAsJsonAsync($"/proxies/{_name}", new { enabled }, cancellationToken);
        changed.EnsureSuccessStatusCode();
    }

    private async Task AddToxicAsync(string type, object attributes, CancellationToken cancellationToken)
    {
        using HttpResponseMessage added = await _toxiproxy.PostAsJsonAsync(
            $"/proxies/{_name}/toxics", new { name = "toxic", type, stream = "downstream", attributes }, cancellationToken);
        added.EnsureSuccessStatusCode();
    }
}
