using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.Kafka;

namespace Orchestrator.Activities.Tests;

/// <summary>
/// Three controllers (100–102) and three brokers (0–2), shared by all tests on them, which run one after the other; each takes topics of
/// its own, and starts again what it stops.
/// </summary>
public sealed class KafkaLab : IAsyncLifetime, IDisposable
{
    private static readonly int[] BrokerIds = [0, 1, 2];
    private static readonly int[] ControllerIds = [100, 101, 102];

    private IAdminClient? _admin;
    private JolokiaNodeProbe? _probe;

    public LabServers Servers { get; private set; } = null!;

    public IAdminClient Admin => _admin!;

    internal KafkaAddress Address => new(Servers.KafkaBootstrapServers);

    internal ConfluentKafkaCluster Kafka { get; } = Client(TimeSpan.FromSeconds(30));

    internal INodeProbe Probe => _probe!;

    internal IReadOnlyList<NodeAddress> Brokers => [.. BrokerIds.Select(id => Node("kafka", id, Servers.Port + 40 + id))];

    internal IReadOnlyList<NodeAddress> Controllers =>
        [.. ControllerIds.Select(id => Node("kraftcontroller", id, Servers.Port + 50 + id - 100))];

    public async Task InitializeAsync()
    {
        if (LabTools.Folder is null)
        {
            return;
        }

        Servers = await LabServers.StartAsync("kafka");
        _admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = Servers.KafkaBootstrapServers })
            .SetLogHandler((_, _) => { })
            .Build();
        _probe = new JolokiaNodeProbe(Options.Create(new KafkaClientOptions { JolokiaTimeout = TimeSpan.FromSeconds(3) }));
    }

    public async Task DisposeAsync()
    {
        Dispose();
        if (Servers is not null)
        {
            await Servers.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _admin?.Dispose();
        _admin = null;
        _probe?.Dispose();
    }

    internal static ConfluentKafkaCluster Client(TimeSpan limit) =>
        new(Calls(limit), new(Limits(limit)), new(Calls(limit), Limits(limit)));

    internal static AdminCalls Calls(TimeSpan limit) =>
        new(Limits(limit), new(Limits(limit)), NullLogger<AdminCalls>.Instance);

    private static IOptions<KafkaClientOptions> Limits(TimeSpan limit) => Options.Create(new KafkaClientOptions { CallTimeout = limit });

    /// <summary>Starts what a test that failed left stopped, so that it alone fails.</summary>
    public async Task ReviveAsync()
    {
        if (Servers is not null)
        {
            await Servers.UpAsync("kafka");
        }
    }

    /// <summary>Creates a topic of one partition with these replicas, the first of them its preferred leader.</summary>
    public async Task<string> CreateTopicAsync(string prefix, int[] replicas, params (string Name, string Value)[] settings)
    {
        string name = $"{prefix}-{Guid.NewGuid():N}";
        await Admin.CreateTopicsAsync(
        [
            new TopicSpecification
            {
                Name = name,
                NumPartitions = 1,
                ReplicationFactor = -1,
                ReplicasAssignments = new Dictionary<int, List<int>> { [0] = [.. replicas] },
                Configs = settings.ToDictionary(setting => setting.Name, setting => setting.Value),
            },
        ]);
        return name;
    }

    /// <summary>
    /// Reads the topics until the broker that is asked has heard of what was just changed: each answers from its own copy.
    /// </summary>
    public async Task<KafkaReading> ReadAsync(Func<KafkaReading, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            KafkaReading reading = await Kafka.ReadAsync(Address, cancellationToken);
            if (wanted(reading))
            {
                return reading;
            }
        }
    }

    /// <summary>A snapshot without Kubernetes: the lab says where the processes are.</summary>
    public async Task<KafkaSnapshot> SnapshotAsync(CancellationToken cancellationToken)
    {
        KafkaReading topics = await Kafka.ReadAsync(Address, cancellationToken);
        IReadOnlyList<NodeReading> brokers = await Probe.ReadAsync(Brokers, cancellationToken);
        IReadOnlyList<NodeReading> controllers = await Probe.ReadAsync(Controllers, cancellationToken);
        UnreadableSource? gap = MetadataGap.Find(topics, brokers, controllers);
        return KafkaSnapshotBuilder.Build(DateTimeOffset.UnixEpoch, topics, brokers, controllers, gap is null ? [] : [gap]);
    }

    /// <summary>Takes snapshots until one is as wanted.</summary>
    public async Task<KafkaSnapshot> SnapshotAsync(Func<KafkaSnapshot, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            KafkaSnapshot snapshot = await SnapshotAsync(cancellationToken);
            if (wanted(snapshot))
            {
                return snapshot;
            }
        }
    }

    /// <summary>Whether all is up and in sync.</summary>
    public static bool IsWhole(KafkaSnapshot snapshot) => KafkaHealth.Check(snapshot, BrokerIds, ControllerIds).Count == 0;

    private static NodeAddress Node(string name, int id, int port) => new($"{name}-{id}", id, new Uri($"http://127.0.0.1:{port}/jolokia/"));
}
