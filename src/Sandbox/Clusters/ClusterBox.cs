using System.Text.Json.Nodes;
using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Crds;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Sandbox.Time;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>
/// A whole cluster in this process: Temporal, the Kubernetes API with its controllers and nodes, the Confluent operator, and Kafka in its
/// pods, all on one clock. Everything listens on 127.0.0.1, and is gone when this is disposed of.
/// </summary>
public sealed class ClusterBox : IAsyncDisposable
{
    private const string StorageClass = "standard";

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterScenario _scenario;
    private readonly IKubernetes _client;
    private Task _operating = Task.CompletedTask;

    private ClusterBox(ClusterScenario scenario, BoxTime time, Parts parts, string folder, ILogger logger)
    {
        _scenario = scenario;
        Time = time;
        (Temporal, Kubernetes, Kafka, Plane) = parts;
        KubeconfigPath = WriteKubeconfig(parts.Kubernetes, folder);
        _client = (Orchestrator.Kubernetes.Kubeconfig.Load(KubeconfigPath, null) with { FieldManager = "confluent-operator" })
            .Open(TimeProvider.System);
        CfkOperatorOptions options = new() { Namespace = scenario.Namespace, Version = scenario.OperatorVersion };
        Operator = new CfkOperator(_client, options, logger, time.Clock);
    }

    /// <summary>The time of all of it.</summary>
    public BoxTime Time { get; }

    /// <summary>The Temporal server.</summary>
    public TemporalBox Temporal { get; }

    /// <summary>The Kubernetes API.</summary>
    public KubernetesBox Kubernetes { get; }

    /// <summary>Its controllers and nodes.</summary>
    public ControlPlane Plane { get; }

    /// <summary>The Kafka cluster.</summary>
    public KafkaBox Kafka { get; }

    /// <summary>The Confluent operator.</summary>
    public CfkOperator Operator { get; }

    /// <summary>Where the kubeconfig lies whose user may do everything; only the owner of the process can read it.</summary>
    public string KubeconfigPath { get; }

    /// <summary>What <c>sop</c> and the worker read to find all of it.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["TEMPORAL_ADDRESS"] = Temporal.Address,
        ["KUBECONFIG"] = KubeconfigPath,
        ["KAFKA_BOOTSTRAP_SERVERS"] = Kafka.BootstrapServers,
    };

    /// <summary>Starts a cluster, and waits until its resources are running.</summary>
    /// <param name="scenario">What it begins with.</param>
    /// <param name="folder">Where its files lie; it exists, and is left behind.</param>
    /// <param name="searchAttributes">The search attributes that Temporal has from the start.</param>
    /// <param name="progress">Is told of each part that is up, in a few words. Default: nobody.</param>
    /// <param name="logger">Takes what the operator logs. Default: nobody.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ClusterBox> StartAsync(
        ClusterScenario scenario,
        string folder,
        IReadOnlyDictionary<string, IndexedValueType> searchAttributes,
        Action<string>? progress = null,
        ILogger? logger = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        BoxTime time = new(skips: false);
        Parts parts = await StartPartsAsync(scenario, time, searchAttributes, cancellationToken).ConfigureAwait(false);
        ClusterBox box = new(scenario, time, parts, folder, logger ?? NullLogger.Instance);
        try
        {
            progress?.Invoke("Temporal and the Kubernetes API answer");
            await box.CreateAsync(progress, cancellationToken).ConfigureAwait(false);
            return box;
        }
        catch
        {
            await box.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _operating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Operator.Dispose();
        _client.Dispose();
        await Plane.DisposeAsync().ConfigureAwait(false);
        await Kafka.DisposeAsync().ConfigureAwait(false);
        await Kubernetes.DisposeAsync().ConfigureAwait(false);
        await Temporal.DisposeAsync().ConfigureAwait(false);
        Time.Dispose();
        _stop.Dispose();
    }

    private static async Task<Parts> StartPartsAsync(
        ClusterScenario scenario,
        BoxTime time,
        IReadOnlyDictionary<string, IndexedValueType> searchAttributes,
        CancellationToken cancellationToken)
    {
        TemporalBox temporal = await TemporalBox.StartAsync(
            new TemporalBoxOptions { Time = time, SearchAttributes = searchAttributes }, cancellationToken).ConfigureAwait(false);
        KubernetesBox kubernetes = await KubernetesBox.StartAsync(
            new KubernetesBoxOptions { Clock = time.Clock, Name = scenario.Name }, cancellationToken).ConfigureAwait(false);
        KafkaBox kafka = await KafkaBox.StartAsync(
            new KafkaBoxOptions { Clock = time.Clock, Scenario = scenario.Kafka with { Running = false } },
            cancellationToken).ConfigureAwait(false);
        ControlPlane plane = ControlPlane.Start(kubernetes.Api, time, new ControlPlaneOptions
        {
            Script = _ => scenario.Pods,
            Workloads = [new KafkaWorkload(kafka, scenario, kubernetes.Api, time)],
        });
        plane.AddStorageClass(StorageClass);
        plane.AddNodes(scenario.Nodes);
        return new Parts(temporal, kubernetes, kafka, plane);
    }

    private static string WriteKubeconfig(KubernetesBox kubernetes, string folder)
    {
        string path = Path.Combine(folder, "kubeconfig");
        FileStreamOptions own = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter file = new(path, own);
        file.Write(kubernetes.Kubeconfig());
        return path;
    }

    private async Task CreateAsync(Action<string>? progress, CancellationToken cancellationToken)
    {
        foreach (JsonObject definition in ConfluentCrds.Minimal())
        {
            await ApplyAsync(ResourceType.CustomResourceDefinitions, definition, cancellationToken).ConfigureAwait(false);
        }

        await ApplyAsync(ResourceType.Namespaces, ConfluentManifests.Namespace(_scenario.Namespace), cancellationToken)
            .ConfigureAwait(false);
        _operating = Operator.RunAsync(_stop.Token);
        await ApplyAsync(
            ResourceType.Deployments, ConfluentManifests.OperatorDeployment(_scenario.Namespace), cancellationToken).ConfigureAwait(false);
        JsonObject controllers = Component("KRaftController", _scenario.ControllersName, _scenario.Kafka.Controllers);
        controllers["spec"]!["clusterID"] = _scenario.Kafka.ClusterId;
        await ApplyAsync(ConfluentResources.KRaftControllers, controllers, cancellationToken).ConfigureAwait(false);
        await ApplyAsync(
            ConfluentResources.Kafkas,
            Component("Kafka", _scenario.KafkaName, _scenario.Kafka.Brokers).DependingOn(_scenario.ControllersName),
            cancellationToken).ConfigureAwait(false);
        await UntilRunningAsync(ConfluentResources.KRaftControllers, _scenario.ControllersName, cancellationToken).ConfigureAwait(false);
        progress?.Invoke($"{_scenario.Kafka.Controllers} controllers run");
        await UntilRunningAsync(ConfluentResources.Kafkas, _scenario.KafkaName, cancellationToken).ConfigureAwait(false);

        // Whichever broker was the first to start leads everything; minutes later Kafka would spread that by itself.
        Kafka.Admin.ElectPreferredLeaders();
        progress?.Invoke($"{_scenario.Kafka.Brokers} brokers run");
    }

    private JsonObject Component(string kind, string name, int replicas) => ConfluentManifests.Component(
        kind, _scenario.Namespace, name, replicas, _scenario.Kafka.Version, StorageClass);

    private Task ApplyAsync(ResourceType type, JsonObject obj, CancellationToken cancellationToken) =>
        _client.ApplyAsync(type, obj.Namespace(), obj.Name(), obj, new() { Force = true }, cancellationToken);

    private Task UntilRunningAsync(ResourceType type, string name, CancellationToken cancellationToken) => Time.UntilAsync(
        () => Task.FromResult(
            Kubernetes.Store.Find(new ObjectKey(type, _scenario.Namespace, name)) is { } found
            && found.Status.TryGetProperty("phase", out System.Text.Json.JsonElement phase)
            && phase.GetString() == "RUNNING"),
        cancellationToken);

    private sealed record Parts(TemporalBox Temporal, KubernetesBox Kubernetes, KafkaBox Kafka, ControlPlane Plane);
}
