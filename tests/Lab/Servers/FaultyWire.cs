using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Servers;

/// <summary>
/// The way from one program to another, through toxiproxy: a test can cut, delay, silence and reset what passes. Disposing removes it.
/// </summary>
public sealed class FaultyWire : IAsyncDisposable
{
    private readonly HttpClient _toxiproxy;
    private readonly string _name = $"wire-{Guid.NewGuid():N}";

    private FaultyWire(Uri toxiproxy) => _toxiproxy = new HttpClient { BaseAddress = toxiproxy };

    /// <summary>Where the wire begins, <c>host:port</c>: connect here instead.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Makes a wire to a server at <c>host:port</c>; the lab's <c>toxiproxy</c> must be up.</summary>
    public static async Task<FaultyWire> StartAsync(LabServers lab, string upstream, CancellationToken cancellationToken)
    {
        FaultyWire wire = new(lab.Toxiproxy);
        using HttpResponseMessage created = await wire._toxiproxy.PostAsJsonAsync(
            "/proxies", new { name = wire._name, listen = "127.0.0.1:0", upstream, enabled = true }, cancellationToken);
        created.EnsureSuccessStatusCode();
        wire.Address = (await created.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["listen"]!.GetValue<string>();
        return wire;
    }

    /// <summary>Ends all connections and accepts no new one.</summary>
    public Task CutAsync(CancellationToken cancellationToken) => SetEnabledAsync(false, cancellationToken);

    /// <summary>Accepts connections again after <see cref="CutAsync"/>.</summary>
    public Task MendAsync(CancellationToken cancellationToken) => SetEnabledAsync(true, cancellationToken);

    /// <summary>Ends each connection once this many bytes of answers have passed.</summary>
    public Task CutAfterAsync(int bytes, CancellationToken cancellationToken) =>
        AddToxicAsync("limit_data", new { bytes }, cancellationToken);

    /// <summary>Resets each connection, instead of closing it.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => AddToxicAsync("reset_peer", new { timeout = 0 }, cancellationToken);

    /// <summary>Keeps connections open and lets no answer through.</summary>
    public Task SilenceAsync(CancellationToken cancellationToken) => AddToxicAsync("timeout", new { timeout = 0 }, cancellationToken);

    /// <summary>Makes every answer late.</summary>
    public Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        AddToxicAsync("latency", new { latency = (int)delay.TotalMilliseconds }, cancellationToken);

    /// <summary>Takes back what was done with <see cref="CutAfterAsync"/> and its like.</summary>
    public async Task HealAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage removed = await _toxiproxy.DeleteAsync($"/proxies/{_name}/toxics/toxic", cancellationToken);
        removed.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
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
