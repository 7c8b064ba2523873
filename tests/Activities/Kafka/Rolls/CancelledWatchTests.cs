using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Kafka.Rolls;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Activities.Tests.Kafka.Rolls;

/// <summary>A watch that is cancelled in the middle of a reading, of a server that takes connections and never answers.</summary>
public sealed class CancelledWatchTests : IDisposable
{
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private readonly KubeconfigFile _kubeconfig = new("lab");
    private readonly ServiceProvider _services;

    public CancelledWatchTests()
    {
        _silent.Start();
        _kubeconfig.Write("token: t", $"http://{_silent.LocalEndpoint}");
        _services = KubeLab.Activities(
            ("Clusters:lab:Kubeconfig", _kubeconfig.Path),
            ("Clusters:lab:KafkaBootstrapServers", $"{_silent.LocalEndpoint}"));
    }

    // One pod was restarted after the last milestone.
    private static RollProgress Seen => new()
    {
        TriggeredAt = DateTimeOffset.UnixEpoch,
        TriggerGeneration = 4,
        BaselineRevision = "kafka-1",
        MilestoneAt = DateTimeOffset.UnixEpoch,
        MovedAt = DateTimeOffset.UnixEpoch,
        Pods = [new PodRoll("kafka-2", "old", "new", DateTimeOffset.UnixEpoch), new PodRoll("kafka-1", "old")],
    };

    public void Dispose()
    {
        _services.Dispose();
        _kubeconfig.Dispose();
        _silent.Dispose();
    }

    [Fact]
    public async Task Watch_ThatIsCancelledWhileItsAnswerIsAwaited_AnswersWithWhatItHadSeen()
    {
        RollReport report = await CancelAsync(isAwaited: true);

        Assert.Equal(RollMilestone.Cancelled, report.Milestone);
        Assert.Equal(["kafka-2"], report.Progress.Pods.Where(pod => pod.ReplacedAt is not null).Select(pod => pod.Name));
    }

    [Fact]
    public async Task Watch_WhoseWorkerStops_EndsWithoutAnAnswer_SoThatAnotherGoesOn() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CancelAsync(isAwaited: false));

    private async Task<RollReport> CancelAsync(bool isAwaited)
    {
        using CancellationTokenSource cancel = new();
        WatchRollInput input = new(new ChangeTarget("lab", "confluent"), "kafka", RollComponent.Brokers, Seen, [], new RollLimits());
        Task<RollReport> watch = _services.GetRequiredService<RollWatcher>().WatchAsync(
            input, Seen, _ => { }, () => isAwaited, cancel.Token);
        using Socket reading = await _silent.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
        await cancel.CancelAsync();
        return await watch.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
