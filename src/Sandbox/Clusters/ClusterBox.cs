using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Alertmanager;
using Orchestrator.Sandbox.Clusters.Faults;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Crds;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Temporal;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>
/// A whole cluster in this process: Temporal, the Kubernetes API with its controllers and nodes, the Confluent operator, and Kafka in its
/// pods, all on one clock. Everything listens on 127.0.0.1, and is gone when this is disposed of.
/// </summary>
public sealed class ClusterBox : IAsyncDisposable
{
    /// <summary>The variable that says where a box listens for faults.</summary>
    public const string FaultsVariable = "ORCHESTRATOR_SANDBOX";

    private const string StorageClass = "standard";

    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterScenario _scenario;
    private IKubernetes _client = null!;
    private Task _operating = Task.CompletedTask;

    private ClusterBox(ClusterBoxOptions options)
    {
        _scenario = options.Scenario;
        Time = new BoxTime(options.SkipsTime) { LongestWait = options.LongestWait };
        KubeconfigPath = Path.Combine(options.Folder, "kubeconfig");
    }

    /// <summary>The time of all of it.</summary>
    public BoxTime Time { get; }

    /// <summary>The Temporal server.</summary>
    public TemporalBox Temporal { get; private set; } = null!;

    /// <summary>The Kubernetes API.</summary>
    public KubernetesBox Kubernetes { get; private set; } = null!;

    /// <summary>Its controllers and nodes.</summary>
    public ControlPlane Plane { get; private set; } = null!;

    /// <summary>The Kafka cluster.</summary>
    public KafkaBox Kafka { get; private set; } = null!;

    /// <summary>The Alertmanager that has the alerts of the cluster.</summary>
    public AlertmanagerBox Alertmanager { get; private set; } = null!;

    /// <summary>The Confluent operator.</summary>
    public CfkOperator Operator { get; private set; } = null!;

    // What takes faults over HTTP.
    private FaultServer Listener { get; set; } = null!;

    /// <summary>What can go wrong in all of it, by name.</summary>
    public BoxFaultCatalogue Faults { get; private set; } = null!;

    /// <summary>Where the kubeconfig lies whose user may do everything; only the owner of the process can read it.</summary>
    public string KubeconfigPath { get; }

    /// <summary>What <c>sop</c> and the worker read to find all of it.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables
    {
        get
        {
            Dictionary<string, string> variables = new()
            {
                ["TEMPORAL_ADDRESS"] = Temporal.Address,
                ["KUBECONFIG"] = KubeconfigPath,
                ["KAFKA_BOOTSTRAP_SERVERS"] = Kafka.BootstrapServers,
                [FaultsVariable] = $"{Listener.Address}",
            };

            // The name of a variable cannot hold every name of a cluster; one without it does without alerts.
            if (ClusterScenario.IsName(_scenario.Name))
            {
                variables[$"ORCHESTRATOR__CLUSTERS__{_scenario.Name}__ALERTMANAGER__URL"] = $"{Alertmanager.Address}";
            }

            return variables;
        }
    }

    /// <summary>Starts a cluster, and waits until its resources are running.</summary>
    /// <param name="options">How it begins.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ClusterBox> StartAsync(ClusterBoxOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ClusterBox box = new(options);
        try
        {
            await box.StartPartsAsync(options, cancellationToken).ConfigureAwait(false);
            options.Progress?.Invoke("Temporal and the Kubernetes API answer");
            await box.CreateAsync(options.Progress, cancellationToken).ConfigureAwait(false);
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

        // A start that failed has not made all of them.
        Operator?.Dispose();
        _client?.Dispose();
        foreach (IAsyncDisposable? part in (IAsyncDisposable?[])[Listener, Plane, Kafka, Alertmanager, Kubernetes, Temporal])
        {
            if (part is not null)
            {
                await part.DisposeAsync().ConfigureAwait(false);
            }
        }

        Time.Dispose();
        _stop.Dispose();
    }

    private static void WriteOwn(string path, string text)
    {
        FileStreamOptions own = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            own.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using StreamWriter file = new(path, own);
        file.Write(text);
    }

    private async Task StartPartsAsync(ClusterBoxOptions wanted, CancellationToken cancellationToken)
    {
        Temporal = await TemporalBox.StartAsync(
            new TemporalBoxOptions { Time = Time, SearchAttributes = wanted.SearchAttributes }, cancellationToken).ConfigureAwait(false);
        Kubernetes = await KubernetesBox.StartAsync(
            new KubernetesBoxOptions { Time = Time, Name = _scenario.Name }, cancellationToken).ConfigureAwait(false);
        Kafka = await KafkaBox.StartAsync(
            new KafkaBoxOptions { Clock = Time.Clock, Scenario = _scenario.Kafka with { Running = false } },
            cancellationToken).ConfigureAwait(false);
        Alertmanager = await AlertmanagerBox.StartAsync(new AlertmanagerBoxOptions { Clock = Time.Clock }, cancellationToken)
            .ConfigureAwait(false);
        KafkaWorkload workload = new(Kafka, _scenario, Kubernetes.Api, Time);
        Plane = ControlPlane.Start(Kubernetes.Api, Time, new ControlPlaneOptions
        {
            Script = _ => _scenario.Pods,
            Workloads = [workload],
        });
        Plane.AddStorageClass(StorageClass);
        Plane.AddNodes(_scenario.Nodes);
        WriteOwn(KubeconfigPath, Kubernetes.Kubeconfig());
        _client = (Orchestrator.Kubernetes.Kubeconfig.Load(KubeconfigPath, null) with { FieldManager = "confluent-operator" })
            .Open(TimeProvider.System);
        CfkOperatorOptions options = new() { Namespace = _scenario.Namespace, Version = _scenario.OperatorVersion };
        Operator = new CfkOperator(_client, options, wanted.Logger, Time, Kubernetes.Store);
        Faults = new BoxFaultCatalogue(this, _scenario.Namespace, workload.Look);
        Listener = await FaultServer.StartAsync(Faults, cancellationToken).ConfigureAwait(false);
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
        JsonObject controllers = Component(
            "KRaftController", _scenario.ControllersName, _scenario.Kafka.Controllers, _scenario.Controllers);
        controllers["spec"]!["clusterID"] = _scenario.Kafka.ClusterId;
        await ApplyAsync(ConfluentResources.KRaftControllers, controllers, cancellationToken).ConfigureAwait(false);
        await ApplyAsync(
            ConfluentResources.Kafkas,
            Component("Kafka", _scenario.KafkaName, _scenario.Kafka.Brokers, _scenario.Brokers).DependingOn(_scenario.ControllersName),
            cancellationToken).ConfigureAwait(false);
        await UntilRunningAsync(ConfluentResources.KRaftControllers, _scenario.ControllersName, cancellationToken).ConfigureAwait(false);
        progress?.Invoke($"{_scenario.Kafka.Controllers} controllers run");
        await UntilRunningAsync(ConfluentResources.Kafkas, _scenario.KafkaName, cancellationToken).ConfigureAwait(false);

        // Whichever broker was the first to start leads everything; minutes later Kafka would spread that by itself.
        await Time.UntilAsync(() => Task.FromResult(Kafka.Admin.IsWhole), cancellationToken).ConfigureAwait(false);
        await HoldReplicasAsync(cancellationToken).ConfigureAwait(false);
        Kafka.Admin.ElectPreferredLeaders();
        await AnnotateAsync(ConfluentResources.KRaftControllers, _scenario.ControllersName, _scenario.Controllers, cancellationToken)
            .ConfigureAwait(false);
        await AnnotateAsync(ConfluentResources.Kafkas, _scenario.KafkaName, _scenario.Brokers, cancellationToken).ConfigureAwait(false);
        progress?.Invoke($"{_scenario.Kafka.Brokers} brokers run");
    }

    private JsonObject Component(string kind, string name, int replicas, ComponentScenario scenario) =>
        ConfluentManifests.Component(
            kind,
            _scenario.Namespace,
            name,
            replicas,
            _scenario.Kafka.Version,
            StorageClass,
            [.. scenario.ServerSettings.Select(setting => $"{setting.Key}={setting.Value}")]).As(scenario);

    // What keeps the operator from its work is on the resources only when it is done.
    private Task AnnotateAsync(ResourceType type, string name, ComponentScenario scenario, CancellationToken cancellationToken)
    {
        JsonObject annotations = new(scenario.Annotations.Where(row => ConfluentManifests.Holds(row.Key)).Select(
            row => KeyValuePair.Create(row.Key, (JsonNode?)row.Value)));
        return annotations.Count == 0 ? Task.CompletedTask : _client.MergePatchAsync(
            type,
            _scenario.Namespace,
            name,
            new() { ["metadata"] = new JsonObject { ["annotations"] = annotations } },
            null,
            cancellationToken);
    }

    // Replicas that do not fetch leave the ISR when they have lagged for too long.
    private async Task HoldReplicasAsync(CancellationToken cancellationToken)
    {
        List<(string Topic, string Replica)> held =
            [.. _scenario.Kafka.Topics.SelectMany(topic => topic.OutOfSync.Select(replica => (topic.Name, replica)))];
        foreach ((string topic, string replica) in held)
        {
            int[] numbers = [.. replica.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
            Kafka.Faults.HoldReplica(topic, numbers[0], numbers[1]);
        }

        if (held.Count > 0)
        {
            await Time.AdvanceAsync(_scenario.Kafka.Timings.ReplicaLag, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task ApplyAsync(ResourceType type, JsonObject obj, CancellationToken cancellationToken) =>
        _client.ApplyAsync(type, obj.Namespace(), obj.Name(), obj, new() { Force = true }, cancellationToken);

    private Task UntilRunningAsync(ResourceType type, string name, CancellationToken cancellationToken) => Time.UntilAsync(
        () => Task.FromResult(
            Kubernetes.Store.Find(new ObjectKey(type, _scenario.Namespace, name)) is { } found
            && found.Status.TryGetProperty("phase", out System.Text.Json.JsonElement phase)
            && phase.GetString() == "RUNNING"),
        cancellationToken);
}
