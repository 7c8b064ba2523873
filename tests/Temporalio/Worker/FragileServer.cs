using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orchestrator.Lab.Servers;
using Temporalio.Client;

namespace Temporalio.Tests.Worker;

/// <summary>A real Temporal server that can be killed and started again, and a way to it through toxiproxy that can be cut.</summary>
public sealed class FragileServer : IAsyncLifetime, IDisposable
{
    private const string ProxyName = "temporal";

    private LabServers? _servers;
    private HttpClient? _toxiproxy;

    /// <summary>A connection that does not lead through the proxy.</summary>
    public TemporalConnection Direct { get; private set; } = null!;

    /// <summary>The proxy's address, <c>host:port</c>.</summary>
    public string ProxiedAddress { get; private set; } = string.Empty;

    private LabServers Servers => _servers ?? throw new InvalidOperationException(LabTools.MissingReason);

    private HttpClient Toxiproxy => _toxiproxy ?? throw new InvalidOperationException(LabTools.MissingReason);

    public async Task InitializeAsync()
    {
        // Without the lab every test of the class is skipped.
        if (LabTools.Folder is not null)
        {
            _servers = await LabServers.StartAsync("temporal", "toxiproxy");
            _toxiproxy = new() { BaseAddress = _servers.Toxiproxy };
            JsonObject proxy = await PostAsync(
                "/proxies", new { name = ProxyName, listen = "127.0.0.1:0", upstream = _servers.TemporalAddress, enabled = true });
            ProxiedAddress = proxy["listen"]!.GetValue<string>();
            Direct = await TemporalConnection.ConnectAsync(new(_servers.TemporalAddress));
        }
    }

    /// <summary>Ends the server with SIGKILL.</summary>
    public Task KillAsync() => Servers.KillAsync("temporal");

    /// <summary>Starts the server on the state that it left.</summary>
    public Task RestartAsync() => Servers.UpAsync("temporal");

    /// <summary>Ends all connections through the proxy and accepts no new one.</summary>
    public Task CutAsync() => PostAsync($"/proxies/{ProxyName}", new { enabled = false });

    /// <summary>Accepts connections through the proxy again.</summary>
    public Task MendAsync() => PostAsync($"/proxies/{ProxyName}", new { enabled = true });

    /// <summary>Keeps connections through the proxy open, and swallows what the server answers.</summary>
    public Task SwallowAnswersAsync() => PostAsync(
        $"/proxies/{ProxyName}/toxics", new { name = "swallow", type = "timeout", stream = "downstream", attributes = new { timeout = 0 } });

    /// <summary>Lets answers through again.</summary>
    public async Task DeliverAnswersAsync()
    {
        using HttpResponseMessage removed = await Toxiproxy.DeleteAsync($"/proxies/{ProxyName}/toxics/swallow");
        removed.EnsureSuccessStatusCode();
    }

    public async Task DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    public void Dispose() => _toxiproxy?.Dispose();

    private async Task<JsonObject> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await Toxiproxy.PostAsJsonAsync(path, body);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
