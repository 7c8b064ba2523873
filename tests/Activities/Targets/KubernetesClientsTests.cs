using Microsoft.Extensions.Options;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Tests.Targets;

public sealed class KubernetesClientsTests : IDisposable
{
    private readonly KubeconfigFile _file = new("lab");

    [Fact]
    public void Client_OfAnUnchangedKubeconfig_IsTheSame()
    {
        _file.Write("exec: {apiVersion: client.authentication.k8s.io/v1, command: credentials, args: [a], env: [{name: B, value: c}]}");
        using KubernetesClients clients = Clients();

        Assert.Same(clients.Of(new("lab")).Client, clients.Of(new("lab", "other")).Client);
    }

    [Fact]
    public void Client_OfAChangedKubeconfig_IsANewOneAndTheOldOneStaysOpen()
    {
        _file.Write("token: old");
        using KubernetesClients clients = Clients();
        KubernetesClient old = clients.Of(new("lab")).Client;

        _file.Write("token: new");

        KubernetesClient now = clients.Of(new("lab")).Client;
        Assert.Equal(("old", "new"), (old.Options.Token, now.Options.Token));
        Assert.Same(now, clients.Of(new("lab")).Client);
    }

    public void Dispose() => _file.Dispose();

    private KubernetesClients Clients()
    {
        InventoryOptions options = new();
        options.Clusters["lab"] = new ClusterOptions { Kubeconfig = _file.Path };
        return new(new Inventory(Options.Create(options)), TimeProvider.System);
    }
}
