using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll.Disturbed;

/// <summary>
/// One roll, during which every server that it needs is lost once. The worker reaches Temporal, the Kubernetes API and the brokers'
/// listeners through wires that can be cut. Of the listeners that is the way to begin with: a client goes on to the addresses that the
/// brokers advertise.
/// </summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class DisturbedServersTests(LabClusterFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CutOff = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan ResetFor = TimeSpan.FromSeconds(20);

    private LabCluster Cluster => fixture.Cluster;

    private Uri Server => Kubernetes.Kubeconfig.Load(Cluster.Kubeconfig, null).Server;

    private LabFaults Faults => Cluster.Servers.Faults;

    public Task InitializeAsync() => Cluster.ResetAsync(CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [LabFact]
    public async Task Roll_EveryServerLostOnce_HasTheEffectsOfAnUndisturbedRun()
    {
        await Cluster.Servers.UpAsync("toxiproxy");
        await using FaultyWire kubernetes = await Faults.WireAsync(Server.Authority, CancellationToken.None);
        await using FaultyWire temporal = await Faults.WireAsync(Cluster.Servers.TemporalAddress, CancellationToken.None);
        List<FaultyWire> listeners = [];
        foreach (string broker in Cluster.BootstrapServers.Split(','))
        {
            listeners.Add(await Faults.WireAsync(broker, CancellationToken.None));
        }

        RollBench bench = await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(await ThroughAsync(temporal, kubernetes, listeners));
        await using RollEffects effects = await RollEffects.WatchAsync(Cluster);
        string run = await bench.StartAsync("Both");
        await bench.ApproveAsync(run, Limit);

        await AfterAsync(1);
        await Faults.RestartAsync("temporal");
        await AfterAsync(2);
        await kubernetes.CutAsync(CancellationToken.None);
        await Task.Delay(CutOff);
        await kubernetes.MendAsync(CancellationToken.None);
        await AfterAsync(3);
        await temporal.SilenceAsync(CancellationToken.None);
        await Task.Delay(SilentFor);
        await temporal.HealAsync(CancellationToken.None);
        await AfterAsync(4);
        await Faults.RestartAsync("kube-apiserver");
        await AfterAsync(5);
        Cluster.KillProcess("kraftcontroller-1");
        await Task.WhenAll(listeners.Select(listener => listener.DelayAsync(Late, CancellationToken.None)));
        await AfterAsync(6);
        await Task.WhenAll(listeners.Select(listener => listener.HealAsync(CancellationToken.None)));
        await Task.WhenAll(listeners.Select(listener => listener.ResetAsync(CancellationToken.None)));
        await Task.Delay(ResetFor);
        await Task.WhenAll(listeners.Select(listener => listener.HealAsync(CancellationToken.None)));

        await bench.WaitForAsync(run, status => status.Evidence is not null || status.State is ChangeState.Blocked, "the end", Limit);
        await effects.AssertUndisturbedAsync(bench, run, worker.Log);
        await Recording.KeepRunAsync(bench, run, "servers-lost");
        await Task.WhenAll(listeners.Select(listener => listener.DisposeAsync().AsTask()));
    }

    // The certificate of the API server is good for the loopback address on any port.
    private async Task<IReadOnlyDictionary<string, string>> ThroughAsync(
        FaultyWire temporal, FaultyWire kubernetes, IEnumerable<FaultyWire> listeners)
    {
        string path = Path.Combine(Cluster.Servers.DataFolder, "kubeconfig-through-wire");
        string text = await File.ReadAllTextAsync(Cluster.Kubeconfig);
        await File.WriteAllTextAsync(path, text.Replace(Server.Authority, kubernetes.Address, StringComparison.Ordinal));
        return new Dictionary<string, string>(Cluster.EnvironmentVariables)
        {
            ["TEMPORAL_ADDRESS"] = temporal.Address,
            ["KUBECONFIG"] = path,
            ["KAFKA_BOOTSTRAP_SERVERS"] = string.Join(',', listeners.Select(listener => listener.Address)),
        };
    }

    private Task AfterAsync(int deletions) =>
        RollBench.WaitUntilAsync(() => Cluster.Pods.Deletions.Count >= deletions, $"restart {deletions}", Limit);
}
