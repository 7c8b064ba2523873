using System.Text.Json.Serialization;

namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>What a cluster in the box begins with: whole, all of its processes up.</summary>
public sealed record KafkaScenario
{
    /// <summary>The cluster's id. Default: one that says that it is a box.</summary>
    public string ClusterId { get; init; } = "QS1jbHVzdGVyLWluLWJveA";

    /// <summary>The release of Kafka: 3.7 to 4.2. Default: <c>4.2.0</c>.</summary>
    public string Version { get; init; } = "4.2.0";

    /// <summary>How many brokers there are. Default: 3.</summary>
    public int Brokers { get; init; } = 3;

    /// <summary>The node id of the first broker. Default: 0.</summary>
    public int BrokerIdOffset { get; init; }

    /// <summary>How many controllers there are. Default: 3.</summary>
    public int Controllers { get; init; } = 3;

    /// <summary>The node id of the first controller. Default: 9990, as of the operator.</summary>
    public int ControllerIdOffset { get; init; } = 9990;

    /// <summary>Over how many racks the brokers are spread. Default: 3.</summary>
    public int Racks { get; init; } = 3;

    /// <summary>Whether the processes run from the start; else somebody starts them. Default: true.</summary>
    public bool Running { get; init; } = true;

    /// <summary>The finalised levels of features that are not those of the release, such as <c>metadata.version: 4.1</c>.</summary>
    public IReadOnlyDictionary<string, string> Features { get; init; } = new Dictionary<string, string>();

    /// <summary>What the brokers' file says. Default: <c>min.insync.replicas</c> 2.</summary>
    public IReadOnlyDictionary<string, string> BrokerSettings { get; init; } = MinInSync();

    /// <summary>What the controllers' file says. Default: <c>min.insync.replicas</c> 2.</summary>
    public IReadOnlyDictionary<string, string> ControllerSettings { get; init; } = MinInSync();

    /// <summary>What is set for all brokers at run time. Default: nothing.</summary>
    public IReadOnlyDictionary<string, string> ClusterSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>The topics; one of a kind or a list of kinds. Default: none.</summary>
    [JsonConverter(typeof(OneOrManyConverter<TopicScenario>))]
    public IReadOnlyList<TopicScenario> Topics { get; init; } = [];

    /// <summary>The brokers' volumes.</summary>
    public DiskScenario Disks { get; init; } = new();

    /// <summary>The users; where there are some, a login is asked for. Default: none.</summary>
    public IReadOnlyList<UserScenario> Users { get; init; } = [];

    /// <summary>Their rights; where there are none, everybody may do everything. Default: none.</summary>
    public IReadOnlyList<KafkaAcl> Acls { get; init; } = [];

    /// <summary>How long things take.</summary>
    public KafkaTimings Timings { get; init; } = new();

    private static Dictionary<string, string> MinInSync() =>
        new(StringComparer.Ordinal) { [Partitions.Topic.MinInSync] = "2" };
}
