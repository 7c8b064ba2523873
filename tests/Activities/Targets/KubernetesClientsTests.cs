using k8s;
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
        _file.Write(
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: credentials, interactiveMode: Never, "
                + "args: [a], env: [{name: B, value: c}]}");
        using KubernetesClients clients = Clients();

        Assert.Same(clients.Of(new("lab")).Client, clients.Of(new("lab", "other")).Client);
    }

    [Fact]
    public async Task Client_OfAChangedKubeconfig_IsANewOneAndTheOldOneStaysOpen()
    {
        _file.Write("token: old");
        using KubernetesClients clients = Clients();
        IKubernetes old = clients.Of(new("lab")).Client;

        _file.Write("token: new");

        IKubernetes now = clients.Of(new("lab")).Client;
        Assert.NotSame(old, now);
        Assert.Same(now, clients.Of(new("lab")).Client);
        // Nobody listens there; a client that were disposed of would say that.
        await Assert.ThrowsAsync<ApiException>(() => old.IsReadyAsync(CancellationToken.None));
    }

    [Fact]
    public void Client_OfAChangedKubeconfig_IsNotKept()
    {
        using KubernetesClients clients = Clients();
        WeakReference old = ClientOf(clients, "old");
        ClientOf(clients, "new");

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.False(old.IsAlive);
    }

    [Fact]
    public void Client_OfAClusterWhoseCertificateIsNotChecked_IsOfTheLaptopProfileOnly()
    {
        _file.Write("token: t", "https://127.0.0.1:9\", insecure-skip-tls-verify: true, tls-server-name: \"a");
        using KubernetesClients laptop = Clients();
        using KubernetesClients elsewhere = Clients("production");

        Assert.NotNull(laptop.Of(new("lab")).Client);
        KubeconfigException e = Assert.Throws<KubeconfigException>(() => elsewhere.Of(new("lab")));
        Assert.EndsWith(" has insecure-skip-tls-verify, allowed only in profile laptop.", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _file.Dispose();

    // Not inlined: the reference must be gone when it returns.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private WeakReference ClientOf(KubernetesClients clients, string token)
    {
        _file.Write($"token: {token}");
        return new(clients.Of(new("lab")).Client);
    }

    private KubernetesClients Clients(string profile = InventoryOptions.Laptop)
    {
        InventoryOptions options = new() { Profile = profile };
        options.Clusters["lab"] = new ClusterOptions { Kubeconfig = _file.Path };
        return new(new Inventory(Options.Create(options)));
    }
}
