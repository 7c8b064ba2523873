using System.Net.Http.Json;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Kubernetes.Tests;

/// <summary>A real API server, shared by all tests on it, which run one after the other; each takes a namespace of its own.</summary>
public sealed class ApiServer : IAsyncLifetime
{
    public LabServers Lab { get; private set; } = null!;

    /// <summary>Settings of the user who may do everything.</summary>
    public ClusterConnection Connection { get; private set; } = null!;

    /// <summary>A client of that user.</summary>
    public IKubernetes Admin { get; private set; } = null!;

    /// <summary>Settings of the user who may do nothing.</summary>
    public ClusterConnection Viewer => Kubeconfig.Load(Lab.Kubeconfig, "lab-viewer");

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        Lab = await LabServers.StartAsync("kube", "toxiproxy");
        Connection = Kubeconfig.Load(Lab.Kubeconfig, null);
        Admin = Connection.Open(TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        Admin?.Dispose();
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }

    /// <summary>Creates a namespace that no other test knows.</summary>
    public async Task<string> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        JsonObject created = await Admin.CreateAsync(
            ResourceType.Namespaces, null, New("v1", "Namespace", new JsonObject { ["generateName"] = "t-" }), cancellationToken);
        return created.Name();
    }

    /// <summary>A ConfigMap with one entry.</summary>
    public static JsonObject ConfigMap(string name, string value)
    {
        JsonObject map = New("v1", "ConfigMap", new JsonObject { ["name"] = name });
        map["data"] = new JsonObject { ["value"] = value };
        return map;
    }

    /// <summary>Creates a pod with one container, bound to a node.</summary>
    public async Task CreatePodAsync(string @namespace, string name, string node, CancellationToken cancellationToken)
    {
        try
        {
            // A pod needs one, and the controller that makes it may not have come to it.
            await Admin.CreateAsync(
                ResourceType.ServiceAccounts, @namespace, New(
                    "v1", "ServiceAccount", new JsonObject { ["name"] = "default" }), cancellationToken);
        }
        catch (ApiException e) when (e.IsAlreadyExists)
        {
        }

        JsonObject pod = New("v1", "Pod", new JsonObject { ["name"] = name });
        pod["spec"] = new JsonObject { ["nodeName"] = node, ["containers"] = new JsonArray(Container()) };
        await Admin.CreateAsync(ResourceType.Pods, @namespace, pod, cancellationToken);
    }

    /// <summary>A StatefulSet whose pods have one container.</summary>
    public static JsonObject StatefulSet(string name, int replicas)
    {
        JsonObject set = New("apps/v1", "StatefulSet", new JsonObject { ["name"] = name });
        set["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["app"] = name } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["app"] = name } },
                ["spec"] = new JsonObject { ["containers"] = new JsonArray(Container()) },
            },
        };
        return set;
    }

    /// <summary>Creates ConfigMaps of these names.</summary>
    public async Task CreateConfigMapsAsync(string @namespace, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        foreach (string name in names)
        {
            await Admin.CreateAsync(ResourceType.ConfigMaps, @namespace, ConfigMap(name, name), cancellationToken);
        }
    }

    /// <summary>
    /// Makes the server forget every state but the present one, which is a new one: its store by compaction, its cache by a restart.
    /// </summary>
    public async Task ForgetOldStatesAsync(CancellationToken cancellationToken)
    {
        await NewNamespaceAsync(cancellationToken);
        using HttpClient etcd = new() { BaseAddress = new Uri($"http://127.0.0.1:{Lab.Port + 5}") };
        using HttpResponseMessage range = await etcd.PostAsJsonAsync("/v3/kv/range", new { key = "Lw==" }, cancellationToken);
        JsonObject answer = (await range.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!;
        string revision = answer["header"]!["revision"]!.GetValue<string>();
        using HttpResponseMessage compacted = await etcd.PostAsJsonAsync(
            "/v3/kv/compaction", new { revision, physical = true }, cancellationToken);
        compacted.EnsureSuccessStatusCode();
        await Lab.KillAsync("kube-apiserver");
        await Lab.UpAsync("kube");
    }

    private static JsonObject Container() => new()
    {
        ["name"] = "main",
        ["image"] = "lab/one",
        ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "2" } },
    };

    private static JsonObject New(string apiVersion, string kind, JsonObject metadata) =>
        new() { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
}
