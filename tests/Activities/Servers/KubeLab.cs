using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Tests.Locks;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Tests;

/// <summary>
/// A real control plane with Confluent's definitions and one node whose pods run by themselves, shared by all tests on it; each takes a
/// namespace of its own.
/// </summary>
public sealed class KubeLab : IAsyncLifetime, IDisposable
{
    public const string Node = "node-a";

    private static readonly string[] Definitions = ["kafkas", "kraftcontrollers"];

    // A procedure of the tests beside those of the product.
    private static readonly IReadOnlyList<ProcedureDescriptor> WithTouch =
        [.. ProcedureCatalogue.All, .. ProcedureCatalogue.Of(typeof(TouchWorkflow).Assembly)];

    private IKubernetes? _admin;
    private ServiceProvider? _services;

    public LabServers Lab { get; private set; } = null!;

    public IKubernetes Admin => _admin!;

    /// <summary>The activities as a worker would make them; the clusters are the contexts <c>lab</c> and <c>lab-viewer</c>.</summary>
    public IServiceProvider Services => _services!;

    public static ChangeTarget Target(string @namespace) => new("lab", @namespace);

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        Lab = await LabServers.StartAsync("kube");
        _admin = (Kubeconfig.Load(Lab.Kubeconfig, null) with { FieldManager = "a-person" }).Open(TimeProvider.System);
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        foreach (string plural in Definitions)
        {
            await DefineAsync(plural, limit.Token);
        }

        await _admin.CreateAsync(ResourceType.Nodes, null, Objects.Node(Node), limit.Token);
        _services = Activities(("Clusters:lab:Kubeconfig", Lab.Kubeconfig), ("Clusters:lab-viewer:Kubeconfig", Lab.Kubeconfig));
    }

    /// <summary>The activities with these settings of the section <c>Orchestrator</c>.</summary>
    public static ServiceProvider Activities(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Orchestrator:{setting.Key}", (string?)setting.Value)))
            .Build();
        return new ServiceCollection().AddLogging().AddSingleton(WithTouch).AddOrchestratorActivities(configuration).BuildServiceProvider();
    }

    public async Task<string> NewNamespaceAsync(CancellationToken cancellationToken)
    {
        JsonObject space = new() { ["metadata"] = new JsonObject { ["generateName"] = "t-" } };
        return (await Admin.CreateAsync(ResourceType.Namespaces, null, space, cancellationToken)).Name();
    }

    /// <summary>Reads an object until it is as wanted.</summary>
    public async Task<JsonObject> WaitAsync(
        ResourceType type, string? @namespace, string name, Func<JsonObject, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await Admin.FindAsync(type, @namespace, name, cancellationToken) is { } obj && wanted(obj))
            {
                return obj;
            }

            await Task.Delay(100, cancellationToken);
        }
    }

    public async Task DisposeAsync()
    {
        Dispose();
        if (Lab is not null)
        {
            await Lab.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _services?.Dispose();
        _services = null;
        _admin?.Dispose();
        _admin = null;
    }

    private async Task DefineAsync(string plural, CancellationToken cancellationToken)
    {
        string file = Path.Combine(LabTools.Folder!, "..", "data", "cfk-crds", $"platform.confluent.io_{plural}.yaml");
        JsonObject definition = Manifests.Parse(await File.ReadAllTextAsync(file, cancellationToken)).Single();
        await Admin.ApplyAsync(ResourceType.CustomResourceDefinitions, null, definition.Name(), definition, null, cancellationToken);
        await WaitAsync(
            ResourceType.CustomResourceDefinitions,
            null,
            definition.Name(),
            seen => seen["status"]?["conditions"]?.AsArray()
                .Any(row => (string?)row!["type"] == "Established" && (string?)row["status"] == "True") == true,
            cancellationToken);
    }
}
