using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Tests.Kubernetes.Contract;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Schemas;

/// <summary>
/// The documents that the box describes its kinds with are those of a real server. With ORCHESTRATOR_WRITE_GOLDEN=1 the test writes them
/// anew instead.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class ServerDocumentsTests : IAsyncLifetime
{
    private const string Aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private static readonly string[] EverybodysRoles =
        ["system:basic-user", "system:discovery", "system:public-info-viewer", "system:service-account-issuer-discovery"];

    private LabServers? _servers;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync("kube");
        KubernetesClientConfiguration config = KubernetesClientConfiguration.BuildConfigFromConfigFile(_servers.Kubeconfig);
        _http = ContractClient.Open(new Uri(config.Host), config.AccessToken);
    }

    public async Task DisposeAsync()
    {
        _http?.Dispose();
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    [LabFact]
    public async Task Documents_AreThoseOfTheServer()
    {
        Dictionary<string, JsonNode> served = [];
        JsonObject index = await ReadAsync("/openapi/v3");
        foreach ((string path, JsonNode? entry) in (JsonObject)index["paths"]!)
        {
            if (path.StartsWith("api", StringComparison.Ordinal) && path.Contains("/v", StringComparison.Ordinal))
            {
                served[ServerDocuments.NameOf(path)] = await ReadAsync((string)entry!["serverRelativeURL"]!);
            }
        }

        JsonArray groups = [];
        foreach (string path in new[] { "/api", "/apis" })
        {
            foreach (JsonNode? group in (JsonArray)(await ReadAsync(path, Aggregated))["items"]!)
            {
                groups.Add(group!.DeepClone());
            }
        }

        served[ServerDocuments.Discovery] = new JsonObject { ["items"] = groups };
        served[ServerDocuments.Version] = await ReadAsync("/version");
        served[ServerDocuments.Access] = new JsonObject { ["items"] = await ReadAccessAsync() };
        byte[] messages = ServerProgram.Messages();
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_GOLDEN") == "1")
        {
            Write(served, messages);
            return;
        }

        Assert.Equal(messages, ServerDocuments.ReadMessages());

        Assert.Equal(served.Keys.Order(), ServerDocuments.Names.Order());
        Assert.All(served, document => Assert.True(
            JsonNode.DeepEquals(document.Value, JsonNode.Parse(ServerDocuments.Read(document.Key))), $"{document.Key} is another one."));
    }

    // The rights that everybody has, and the roles that people bind; those of the server's own controllers are left out.
    private async Task<JsonArray> ReadAccessAsync()
    {
        JsonArray items = [];
        foreach (string kind in new[] { "ClusterRole", "ClusterRoleBinding" })
        {
            string path = $"/apis/rbac.authorization.k8s.io/v1/{kind.ToLowerInvariant()}s";
            foreach (JsonNode? item in await ReadWholeAsync(path))
            {
                string name = (string)item!["metadata"]!["name"]!;
                if (!name.StartsWith("system:", StringComparison.Ordinal) || EverybodysRoles.Contains(name))
                {
                    JsonObject kept = (JsonObject)item.DeepClone();
                    kept["apiVersion"] = "rbac.authorization.k8s.io/v1";
                    kept["kind"] = kind;
                    kept["metadata"] = new JsonObject
                    {
                        ["name"] = name,
                        ["labels"] = item["metadata"]!["labels"]?.DeepClone(),
                        ["annotations"] = item["metadata"]!["annotations"]?.DeepClone(),
                    };
                    if (kept["rules"] is JsonArray rules)
                    {
                        // The server's controller puts the rules of an aggregated role together in any order.
                        kept["rules"] = new JsonArray([.. rules.Select(rule => rule!.DeepClone()).OrderBy(
                            rule => rule.ToJsonString(), StringComparer.Ordinal)]);
                    }

                    items.Add(kept);
                }
            }
        }

        return items;
    }

    // A controller of the server fills the roles that are made of others a moment after its start.
    private async Task<JsonArray> ReadWholeAsync(string path)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            JsonArray items = (JsonArray)(await ReadAsync(path))["items"]!;
            if (items.All(item => item!["aggregationRule"] is null || item["rules"] is JsonArray { Count: > 0 }))
            {
                return items;
            }

            await Task.Delay(250, limit.Token);
        }
    }

    private static void Write(Dictionary<string, JsonNode> documents, byte[] messages, [CallerFilePath] string here = "")
    {
        string folder = Path.Combine(Path.GetDirectoryName(here)!, "../../../../src/Sandbox/Kubernetes/Schemas/Documents");
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach ((string name, JsonNode document) in documents)
        {
            WriteFile($"{name}.json.br", JsonSerializer.SerializeToUtf8Bytes(document));
        }

        WriteFile(ServerDocuments.Messages, messages);

        void WriteFile(string name, byte[] text)
        {
            byte[] packed = new byte[BrotliEncoder.GetMaxCompressedLength(text.Length)];
            Assert.True(BrotliEncoder.TryCompress(text, packed, out int length, quality: 11, window: 24));
            File.WriteAllBytes(Path.Combine(folder, name), packed[..length]);
        }
    }

    private async Task<JsonObject> ReadAsync(string path, string accept = "application/json")
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using HttpResponseMessage response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
