using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Lab.Cluster.Manifests;
using Orchestrator.Lab.Cluster.Nodes;
using Orchestrator.Lab.Cluster.Observation;
using Orchestrator.Lab.Cluster.Processes;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;

namespace Orchestrator.Lab.Cluster;

/// <summary>
/// A live Kafka cluster as Confluent's operator runs it, on this machine: a real Kubernetes control plane, real controllers and brokers as
/// its pods, the operator, and Temporal. The resources are <c>KRaftController kraftcontroller</c> and <c>Kafka kafka</c> in the namespace
/// <c>confluent</c>. Disposing stops everything and removes its state.
/// </summary>
public sealed partial class LabCluster : IAsyncDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly LabClusterOptions _options;
    private readonly HttpClient _http = new();
    private readonly FileLogger _log;
    private readonly PortSlots _ports;
    private readonly RunningPart _operatorRun = new("operator");
    private readonly RunningPart _nodesRun = new("node agent");
    private readonly RunningPart _observerRun = new("observer of pods");
    private KafkaInstallation? _installation;
    private NodeAgent? _nodes;

    private LabCluster(LabServers servers, LabClusterOptions options)
    {
        Servers = servers;
        _options = options;
        _ports = new(servers.Port, servers.DataFolder);
        _log = new(Path.Combine(servers.DataFolder, "log", "cluster.log"), TimeProvider.System);
        Kubernetes = (Orchestrator.Kubernetes.Kubeconfig.Load(servers.Kubeconfig, null) with { FieldManager = "lab" }).Open(
            TimeProvider.System);
        Operator = new(Kubernetes, new() { Namespace = ClusterManifests.Namespace }, _log);
    }

    /// <summary>The namespace of the cluster's resources.</summary>
    public static string Namespace => ClusterManifests.Namespace;

    /// <summary>Name of the <c>Kafka</c> resource.</summary>
    public static string Kafka => ClusterManifests.Kafka;

    /// <summary>Name of the <c>KRaftController</c> resource.</summary>
    public static string Controllers => ClusterManifests.Controllers;

    /// <summary>The servers below: Kubernetes and Temporal. Their script's <c>kafka tool</c> works on this cluster.</summary>
    public LabServers Servers { get; }

    /// <summary>Path of a kubeconfig with all rights.</summary>
    public string Kubeconfig => Servers.Kubeconfig;

    /// <summary>A client with all rights.</summary>
    public IKubernetes Kubernetes { get; }

    /// <summary>The operator that runs in this process; its faults can be switched on and off.</summary>
    public CfkOperator Operator { get; }

    /// <summary>What happens to the pods.</summary>
    public PodObserver Pods { get; } = new();

    /// <summary>Addresses of the brokers, <c>host:port</c> with commas between.</summary>
    public string BootstrapServers =>
        string.Join(',', Enumerable.Range(0, _options.Brokers).Select(ordinal => $"127.0.0.1:{PortsOf(Kafka, ordinal).Listener}"));

    /// <summary>Addresses of the controllers, <c>host:port</c> with commas between.</summary>
    public string ControllerAddresses =>
        string.Join(
            ',', Enumerable.Range(0, _options.Controllers).Select(ordinal => $"127.0.0.1:{PortsOf(Controllers, ordinal).Listener}"));

    /// <summary>What <c>sop</c> and the worker read to find the cluster, besides what the servers say.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables
    {
        get
        {
            Dictionary<string, string> variables = new()
            {
                ["KUBECONFIG"] = Kubeconfig,
                ["KAFKA_BOOTSTRAP_SERVERS"] = BootstrapServers,
            };
            if (_options.WithTemporal)
            {
                variables["TEMPORAL_ADDRESS"] = Servers.TemporalAddress;
            }

            return variables;
        }
    }

    /// <summary>Starts everything and waits until both resources are running.</summary>
    /// <exception cref="InvalidOperationException">Something did not start; the text says what, and where its log is.</exception>
    public static async Task<LabCluster> StartAsync(LabClusterOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, string> place = [];
        if (options.Port is { } port)
        {
            place["LAB_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (options.DataFolder is { } folder)
        {
            place["LAB_DATA"] = folder;
        }

        LabServers servers = await LabServers.StartAsync(place, options.WithTemporal ? ["temporal", "kube"] : ["kube"]);
        options.Progress?.Invoke($"Kubernetes {(options.WithTemporal ? "and Temporal are" : "is")} up");
        LabCluster cluster = new(servers, options);
        try
        {
            await cluster.CreateAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Base address of a pod's Jolokia agent.</summary>
    public Uri JolokiaOf(string pod)
    {
        int split = pod.LastIndexOf('-');
        int ordinal = int.Parse(pod[(split + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return new($"http://127.0.0.1:{PortsOf(pod[..split], ordinal).Jolokia}/jolokia/");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _operatorRun.DisposeAsync();
        await _nodesRun.DisposeAsync();
        await _observerRun.DisposeAsync();
        Operator.Dispose();
        _nodes?.Dispose();
        Kubernetes.Dispose();
        _http.Dispose();
        await Servers.DisposeAsync();
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_options.StartTimeout);
        try
        {
            await DefinitionFiles.ApplyAsync(Kubernetes, _options.AllDefinitions, limit.Token);
            _options.Progress?.Invoke("Confluent's resources are defined");
            await ApplyAsync(ResourceType.Namespaces, ClusterManifests.RenderNamespace(), limit.Token);
            _installation = await KafkaInstallation.FindAsync(limit.Token);
            StartNodes();
            StartOperator();
            _observerRun.Start(token => Pods.RunAsync(Kubernetes, Namespace, token));
            await ApplyAsync(ConfluentResources.KRaftControllers, ClusterManifests.RenderControllers(_options), limit.Token);
            await ApplyAsync(ConfluentResources.Kafkas, ClusterManifests.RenderKafka(_options), limit.Token);
            await ApplyAsync(ResourceType.Nodes, ClusterManifests.RenderOperatorNode(), limit.Token);
            await ApplyAsync(ResourceType.Deployments, ClusterManifests.RenderOperatorDeployment(), limit.Token);
            await WaitUntilRunningAsync(ConfluentResources.KRaftControllers, Controllers, limit.Token);
            _options.Progress?.Invoke("The controllers are running");
            await ResetAsync(limit.Token);
            _options.Progress?.Invoke("The brokers are running");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"The cluster does not run after {_options.StartTimeout.TotalSeconds} s: {await DescribePodsAsync(cancellationToken)}; "
            + $"logs: {Servers.DataFolder}/log.");
        }
    }

    private Task ApplyAsync(ResourceType type, JsonObject obj, CancellationToken cancellationToken) =>
        Kubernetes.ApplyAsync(type, obj.Namespace(), obj.Name(), obj, new() { Force = true }, cancellationToken);

    private PodPorts PortsOf(string component, int ordinal) =>
        _ports.Of(component == Controllers, Namespace, $"{component}-{ordinal}", ordinal);
}
