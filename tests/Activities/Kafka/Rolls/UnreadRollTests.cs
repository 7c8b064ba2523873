using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Kafka.Rolls;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities.Tests.Kafka.Rolls;

/// <summary>A watch whose API server is away goes on, says so in its heartbeats, and comes back with it once people must be told.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class UnreadRollTests : IDisposable
{
    private readonly string _kubeconfig = Path.GetTempFileName();

    [Fact]
    public async Task Watch_ApiServerIsAway_ComesBackWithTheCauseAfterItsLimit()
    {
        await File.WriteAllTextAsync(_kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            current-context: away
            contexts: [ { name: away, context: { cluster: away, user: away } } ]
            clusters: [ { name: away, cluster: { server: "http://127.0.0.1:{{ClosedPort()}}" } } ]
            users: [ { name: away, user: {} } ]
            """);
        await using ServiceProvider services = KubeLab.Activities(
            ("Clusters:away:Kubeconfig", _kubeconfig),
            ("Clusters:away:Context", "away"));
        ComponentSnapshot before = new(
            new ObjectReference("platform.confluent.io", "v1beta1", "kafkas", "confluent", "kafka", "uid"),
            1, 1, "RUNNING", "True", 1, 1, null, [], [0], new("r1", 0), []);
        RollLimits limits = new() { PollEvery = TimeSpan.FromMilliseconds(100), StallAfter = TimeSpan.FromSeconds(1) };
        WatchRollInput input = new(
            new ChangeTarget("away", "confluent"), "kafka", RollComponent.Brokers,
            RollProgress.Triggered(before, "r1", 2, DateTimeOffset.UtcNow), [], limits);
        List<string> beats = [];
        using CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));

        RollReport report = await services.GetRequiredService<RollWatcher>().WatchAsync(
            input, input.Progress, seen => beats.Add(seen.Sentence), () => true, limit.Token);

        Assert.Equal(RollMilestone.Unread, report.Milestone);
        Assert.Contains("127.0.0.1", report.Sentence, StringComparison.Ordinal);
        Assert.Contains(report.Sentence, beats);
        Assert.True(report.Progress.IsUnreadTold);
    }

    public void Dispose() => File.Delete(_kubeconfig);

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
