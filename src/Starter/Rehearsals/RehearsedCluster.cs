using Orchestrator.Sandbox.Clusters;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Starter.Servers;
using Orchestrator.Worker.InProcess;
using Orchestrator.Workflows.ChangeControl;
using Temporalio.Client;
using Temporalio.Runtime;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace Orchestrator.Starter.Rehearsals;

/// <summary>
/// A whole cluster in the box in skipped time, and workers for it in this process: they act on it as on any other cluster, and wait for it
/// in its time.
/// </summary>
internal sealed class RehearsedCluster : IAsyncDisposable
{
    // What the core says of connections that are ended on purpose is of no interest.
    private static readonly Lazy<TemporalRuntime> Silent = new(() => new(new() { Telemetry = new() { Logging = null } }));

    // Rolls of hundreds of brokers take minutes of the wall clock.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly ClusterScenario _scenario;
    private readonly string _folder;
    private readonly List<(BoxConnection Connection, InProcessWorker Worker)> _workers = [];

    private RehearsedCluster(ClusterScenario scenario, string folder, ClusterBox box, TemporalServer server) =>
        (_scenario, _folder, Box, Server) = (scenario, folder, box, server);

    /// <summary>The cluster. Its clock stands still until somebody waits for its time.</summary>
    public ClusterBox Box { get; }

    /// <summary>Its Temporal, on its clock.</summary>
    public TemporalServer Server { get; }

    /// <summary>What the configuration of its workers says besides where the cluster is. Default: nothing.</summary>
    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>How many activities besides watches each of its workers runs at once. Default: 100.</summary>
    public int MaxConcurrentActivities { get; set; } = 100;

    /// <summary>Where a change to it is aimed.</summary>
    public ChangeTarget Target => new(_scenario.Name, _scenario.Namespace);

    /// <summary>Starts a cluster, and waits until its resources are running; it has no worker yet.</summary>
    /// <param name="scenario">What it begins with.</param>
    /// <param name="folder">Where its files and the evidence lie; it exists, and is left behind.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<RehearsedCluster> StartAsync(
        ClusterScenario scenario, string folder, CancellationToken cancellationToken)
    {
        ClusterBoxOptions options = new()
        {
            Scenario = scenario,
            Folder = folder,
            SkipsTime = true,
            LongestWait = LongestWait,
            SearchAttributes = DevelopmentServer.SearchAttributes,
        };
        ClusterBox box = await ClusterBox.StartAsync(options, cancellationToken);
        TemporalClientConnectOptions address = new(box.Temporal.Address) { Runtime = Silent.Value };
        ITemporalClient client = await TemporalClient.ConnectAsync(address);
        return new RehearsedCluster(scenario, folder, box, TemporalServer.Of(client, address, box.Time.Clock));
    }

    /// <summary>Starts a worker.</summary>
    /// <param name="interceptor">Makes what stands before its activities. Default: null, nothing.</param>
    /// <returns>Its connection, by which it can be ended without its knowing.</returns>
    public async Task<BoxConnection> StartWorkerAsync(Func<BoxConnection, IWorkerInterceptor>? interceptor = null)
    {
        BoxConnection connection = await Box.Temporal.ConnectAsync(new() { Runtime = Silent.Value });
        string cluster = $"Orchestrator:Clusters:{_scenario.Name}";
        TemporalWorkerOptions polling = BoxConnection.WorkerOptions(ChangeNames.TaskQueue);
        polling.MaxConcurrentActivities = MaxConcurrentActivities;
        InProcessWorker worker = InProcessWorker.Start(new InProcessWorkerOptions
        {
            Client = connection.Client,
            Worker = polling,
            Settings = new Dictionary<string, string?>(Settings, StringComparer.Ordinal)
            {
                [$"{cluster}:Kubeconfig"] = Box.KubeconfigPath,
                [$"{cluster}:Namespace"] = _scenario.Namespace,
                [$"{cluster}:KafkaBootstrapServers"] = Box.Kafka.BootstrapServers,
                [$"{cluster}:Alertmanager:Url"] = $"{Box.Alertmanager.Address}",
                ["Orchestrator:Evidence:Folder"] = Path.Combine(_folder, "evidence"),
            },
            Clock = Box.Time.Clock,
            Wait = Box.Temporal.WaitAsync,
            Interceptors = interceptor is null ? [] : [interceptor(connection)],
        });
        _workers.Add((connection, worker));
        return connection;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach ((BoxConnection connection, InProcessWorker worker) in _workers)
        {
            connection.Dispose();
            await worker.DisposeAsync();
        }

        await Box.DisposeAsync();
    }
}
