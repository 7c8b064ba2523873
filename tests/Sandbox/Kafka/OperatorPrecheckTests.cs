using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Sandbox.ConfluentOperator.Rolling;
using Orchestrator.Sandbox.Kafka;

namespace Orchestrator.Sandbox.Tests.Kafka;

/// <summary>What the operator asks before it takes a pod down, answered by the nodes in the box over Jolokia.</summary>
public sealed class OperatorPrecheckTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _clock = new(new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private KafkaBox _box = null!;

    public async Task InitializeAsync() => _box = await KafkaBox.StartAsync(
        new() { Clock = _clock, Scenario = new() { Topics = [new() { Name = "orders" }] } });

    public async Task DisposeAsync() => await _box.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Brokers_WhileOneIsBehind_AreNotRolled()
    {
        Assert.Null(await RefusalAsync(ComponentKind.Kafka));
        _box.Processes.Stop(2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("pod node-0 leads 4 under-replicated partitions", await RefusalAsync(ComponentKind.Kafka));

        _box.Processes.Start(2);
        _clock.Advance(TimeSpan.FromSeconds(4.2));
        Assert.Equal("pod node-0 leads 4 under-replicated partitions", await RefusalAsync(ComponentKind.Kafka));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await RefusalAsync(ComponentKind.Kafka));
    }

    [Fact]
    public async Task Controllers_WithoutALeaderOrWithOneFarBehind_AreNotRolled()
    {
        Assert.Null(await RefusalAsync(ComponentKind.KRaftController));
        _box.Faults.HoldController(9992);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal("pod node-9992 is 1200 records behind", await RefusalAsync(ComponentKind.KRaftController));

        _box.Faults.ReleaseController(9992);
        Assert.Null(await RefusalAsync(ComponentKind.KRaftController));
    }

    private Task<string?> RefusalAsync(ComponentKind kind) => new RollPrecheck(new JolokiaReader(_http)).RefusalAsync(
        new Component(kind, new JsonObject()),
        [
            .. (kind == ComponentKind.Kafka ? _box.Processes.Brokers : _box.Processes.Controllers).Select((node, ordinal) =>
                new RolledPod($"node-{node}", ordinal, "uid", "revision", IsReady: true, IsTerminating: false, null)
                {
                    Jolokia = new Uri($"http://{_box.JolokiaAddress(node)}/jolokia/"),
                }),
        ],
        CancellationToken.None);
}
