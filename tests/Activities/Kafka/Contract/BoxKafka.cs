using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Nodes;
using Orchestrator.Activities.Kafka.Sandbox;
using Orchestrator.Sandbox.Kafka;
using Orchestrator.Sandbox.Kafka.Nodes;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Activities.Tests.Kafka.Contract;

/// <summary>A cluster in the box, on a clock that each look moves on.</summary>
public sealed class BoxKafka : TestedKafka, IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private static readonly IOptions<KafkaClientOptions> Options = Microsoft.Extensions.Options.Options.Create(new KafkaClientOptions());

    private readonly FakeTimeProvider _clock = new(new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private readonly SandboxCalls _calls = new(Options, TimeProvider.System);
    private readonly JolokiaNodeProbe _probe = new(Options);

    /// <summary>The cluster.</summary>
    public KafkaBox Box { get; private set; } = null!;

    /// <summary>What time it is there.</summary>
    public DateTimeOffset Now => _clock.GetUtcNow();

    internal override IKafkaCluster Kafka => new SandboxKafkaCluster(
        _calls, new(_calls, TimeProvider.System, new Waits(TimeProvider.System)));

    internal override KafkaAddress Address => new(Box.BootstrapServers);

    internal override INodeProbe Probe => _probe;

    internal override IReadOnlyList<NodeAddress> Brokers => [.. Box.Processes.Brokers.Select(id => Node("kafka", id))];

    internal override IReadOnlyList<NodeAddress> Controllers => [.. Box.Processes.Controllers.Select(id => Node("kraftcontroller", id))];

    public static async Task<BoxKafka> StartAsync(KafkaScenario? scenario = null)
    {
        BoxKafka kafka = new();
        kafka.Box = await KafkaBox.StartAsync(
            new() { Clock = kafka._clock, Scenario = scenario ?? new KafkaScenario { ControllerIdOffset = 100 } });
        return kafka;
    }

    /// <summary>Lets a time pass.</summary>
    public void Advance(TimeSpan time) => _clock.Advance(time);

    public override Task StartAsync(int node, string? version = null)
    {
        Box.Processes.Start(node, version);
        return Task.CompletedTask;
    }

    public override Task StopAsync(int node)
    {
        Box.Processes.Stop(node);
        while (Box.Processes.Read(node).Phase != ProcessPhase.Ended)
        {
            _clock.Advance(Step);
        }

        return Task.CompletedTask;
    }

    public override Task KillAsync(int node)
    {
        Box.Processes.Kill(node);
        return Task.CompletedTask;
    }

    public override Task CreateTopicAsync(string name, int[] replicas, params (string Name, string Value)[] settings)
    {
        Box.Admin.CreateTopic(name, [replicas], settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        return Task.CompletedTask;
    }

    public override Task DeleteTopicAsync(string name)
    {
        Box.Admin.DeleteTopic(name);
        return Task.CompletedTask;
    }

    public override Task SetAsync(string topic, string name, string value)
    {
        Box.Admin.SetTopicSetting(topic, name, value);
        return Task.CompletedTask;
    }

    public override Task SetForAllAsync(string name, string value)
    {
        Box.Admin.SetClusterSetting(name, value);
        return Task.CompletedTask;
    }

    public override Task ReassignAsync(string topic, int[] replicas)
    {
        Box.Admin.Reassign(topic, 0, replicas);
        return Task.CompletedTask;
    }

    public override Task<string?> SetFeatureAsync(string feature, string level)
    {
        try
        {
            Box.Admin.SetFeature(feature, level);
            return Task.FromResult<string?>(null);
        }
        catch (KafkaRefusalException e)
        {
            return Task.FromResult<string?>(e.Message);
        }
    }

    public override Task<string> FeatureAsync(string feature) => Task.FromResult(Box.Admin.FeatureName(feature));

    public override Task PassAsync()
    {
        _clock.Advance(Step);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Box.DisposeAsync();
        _calls.Dispose();
        _probe.Dispose();
    }

    private NodeAddress Node(string name, int id) => new($"{name}-{id}", id, new Uri($"http://{Box.JolokiaAddress(id)}/jolokia/"));
}
