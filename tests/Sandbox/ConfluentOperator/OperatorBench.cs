using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Crds;

namespace Orchestrator.Sandbox.Tests.ConfluentOperator;

/// <summary>
/// The operator on a real Kubernetes control plane whose pods are pretended: they become ready, and nothing runs in them. Each test takes a
/// namespace of its own.
/// </summary>
public sealed class OperatorBench : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private LabServers? _servers;
    private IKubernetes? _kubernetes;
    private CfkOperator? _operator;
    private Task _run = Task.CompletedTask;

    public IKubernetes Kubernetes => _kubernetes ?? throw new InvalidOperationException(LabTools.MissingReason);

    public CfkOperator Operator => _operator ?? throw new InvalidOperationException(LabTools.MissingReason);

    public async Task InitializeAsync()
    {
        // Without the lab's programs every test is skipped; the runner makes the fixture all the same.
        if (LabTools.Folder is null)
        {
            return;
        }

        _servers = await LabServers.StartAsync("kube");
        _kubernetes = Kubeconfig.Load(_servers.Kubeconfig, null).Open(TimeProvider.System);
        foreach (JsonObject definition in ConfluentCrds.Minimal())
        {
            await Kubernetes.CreateAsync(ResourceType.CustomResourceDefinitions, null, definition, CancellationToken.None);
        }

        await Kubernetes.CreateAsync(ResourceType.Nodes, null, FakeNode(), CancellationToken.None);
        foreach (JsonObject definition in ConfluentCrds.Minimal())
        {
            while (!await IsServedAsync(definition.Name()))
            {
                await Task.Delay(100, CancellationToken.None);
            }
        }

        _operator = new(Kubernetes, new(), NullLogger.Instance);
        _run = _operator.RunAsync(_stop.Token);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _operator?.Dispose();
        _kubernetes?.Dispose();
        _stop.Dispose();
    }

    /// <summary>A namespace with a <c>KRaftController</c> and a <c>Kafka</c> of three pods each, both running.</summary>
    public async Task<BenchNamespace> CreateAsync(CancellationToken cancellationToken)
    {
        BenchNamespace created = new(Kubernetes, $"bench-{Guid.NewGuid():N}"[..16]);
        await created.CreateAsync(cancellationToken);
        return created;
    }

    private static JsonObject FakeNode() => new()
    {
        ["metadata"] = new JsonObject
        {
            ["name"] = "bench-node",
            ["annotations"] = new JsonObject { ["kwok.x-k8s.io/node"] = "fake" },
        },
    };

    private async Task<bool> IsServedAsync(string definition)
    {
        JsonObject served = await Kubernetes.GetAsync(ResourceType.CustomResourceDefinitions, null, definition, CancellationToken.None);
        return (served["status"]?["conditions"] as JsonArray ?? [])
            .Any(condition => (string?)condition!["type"] == "Established" && (string?)condition["status"] == "True");
    }
}
