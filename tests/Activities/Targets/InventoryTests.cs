using Microsoft.Extensions.Options;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Targets;

namespace Orchestrator.Activities.Tests.Targets;

/// <summary>The variables of the environment are the process's: the tests of this assembly run one after the other.</summary>
public sealed class InventoryTests : IDisposable
{
    private readonly KubeconfigFile _file = new("blue", "green");
    private readonly (string Name, string? Value)[] _before =
        [.. new[] { "KUBECONFIG", "KAFKA_BOOTSTRAP_SERVERS" }.Select(name => (name, Environment.GetEnvironmentVariable(name)))];

    public InventoryTests()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", _file.Path);
        Environment.SetEnvironmentVariable("KAFKA_BOOTSTRAP_SERVERS", null);
    }

    [Fact]
    public void Find_NothingConfigured_TakesEveryContextForAClusterOfThatName()
    {
        Cluster cluster = Of(new()).Find("green");

        Assert.Equal(("green", "green-space", 7777), (cluster.Name, cluster.DefaultNamespace, cluster.Options.JolokiaPort));
        Assert.Equal(["green", "blue"], Assert.Throws<UnknownClusterException>(() => Of(new()).Find("gren")).Known);
    }

    [Fact]
    public void Find_ConfiguredClusters_AreTheOnlyOnes()
    {
        InventoryOptions options = new();
        options.Clusters["production"] = new() { KubeContext = "blue", Namespace = "confluent", JolokiaPort = 8778 };

        Cluster cluster = Of(options).Find("production");

        Assert.Equal(
            ("production", "blue", "confluent", 8778),
            (cluster.Name, cluster.Connection.Context, cluster.DefaultNamespace, cluster.Options.JolokiaPort));
        Assert.Equal(["production"], Assert.Throws<UnknownClusterException>(() => Of(options).Find("blue")).Known);
    }

    [Theory]
    [InlineData(null, null, "kafka-a.space-b.svc:9071")]
    [InlineData(null, "127.0.0.1:9092", "127.0.0.1:9092")]
    [InlineData(
        "{name}-0.{name}.{namespace}.svc:9071,{name}-1.{name}.{namespace}.svc:9071",
        "127.0.0.1:9092",
        "kafka-a-0.kafka-a.space-b.svc:9071,kafka-a-1.kafka-a.space-b.svc:9071")]
    public void Kafka_OfConfigurationVariableAndDefault_TakesTheFirstThatThereIs(string? configured, string? variable, string expected)
    {
        Environment.SetEnvironmentVariable("KAFKA_BOOTSTRAP_SERVERS", variable);
        InventoryOptions options = new();
        options.Clusters["blue"] = new() { KafkaBootstrapServers = configured };

        KafkaAddress address = Inventory.Kafka(Of(options).Find("blue"), "space-b", "kafka-a");

        Assert.Equal(expected, address.BootstrapServers);
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        _file.Dispose();
    }

    private static Inventory Of(InventoryOptions options) => new(Options.Create(options));
}
