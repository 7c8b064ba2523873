using Microsoft.Extensions.DependencyInjection;
using Orchestrator.Activities.Confluent;
using Orchestrator.Activities.Kafka;
using Orchestrator.Activities.Kafka.Rolls;
using Orchestrator.Activities.Kubernetes;
using Orchestrator.Activities.Targets;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Sandbox.ConfluentOperator;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Activities.Tests.Kafka.Rolls;

/// <summary>The activities of a roll, called in its order, on a live cluster; each test rolls it once.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
public sealed class WatchRollTests(WatchRollTests.Cluster cluster) : IClassFixture<WatchRollTests.Cluster>, IDisposable
{
    private const string Trigger = "/spec/podTemplate/annotations/kafkacluster-manual-roll";

    private static readonly ChangeTarget Target = new("lab", LabCluster.Namespace);
    private static readonly RollLimits Limits = new() { PollEvery = TimeSpan.FromSeconds(1), SteadyEvery = TimeSpan.FromSeconds(2) };

    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(5));

    [LabFact]
    public async Task Roll_OfTheBrokers_IsSeenPodByPodFromTheHighestToTheLastSteadySample()
    {
        ComponentSnapshot before = (await ReadAsync()).Kafka!;
        Assert.Empty(ConfluentPrechecks.CheckComponent(before, []));
        KafkaSnapshot kafka = await SnapshotAsync();
        Assert.Empty(KafkaHealth.Check(kafka, before.NodeIds, (await ReadAsync()).Controllers!.NodeIds));

        List<RollReport> reports = await RollAsync(before, "first");

        // How many watches end depends on whether a reading falls between two restarts.
        Assert.All(reports.SkipLast(1), report => Assert.Equal(RollMilestone.InSync, report.Milestone));
        Assert.Equal(RollMilestone.Done, reports[^1].Milestone);
        Assert.Equal(["kafka-2", "kafka-1", "kafka-0"], reports[^1].Progress.Pods.OrderBy(pod => pod.ReplacedAt).Select(pod => pod.Name));
        Assert.All(reports[^1].Progress.Pods, pod => Assert.True(pod.ReplacedAt <= pod.ReadyAt && pod.ReadyAt <= pod.InSyncAt, $"{pod}"));
        Assert.Empty((await ReadAsync()).Kafka!.Pods.Select(pod => pod.Uid).Intersect(before.Pods.Select(pod => pod.Uid)));
    }

    [LabFact]
    public async Task Roll_WithAnOperatorThatTakesTwoPodsAtOnce_IsBreached()
    {
        ComponentSnapshot before = (await ReadAsync()).Kafka!;
        cluster.Lab.Operator.Faults = new OperatorFaults { PodsAtOnce = 2 };
        try
        {
            RollReport last = (await RollAsync(before, "breach"))[^1];

            Assert.Equal(RollMilestone.Breached, last.Milestone);
            Assert.Contains(
                "2 of 3 pods of kafkas.platform.confluent.io confluent/kafka are unavailable at once",
                last.Sentence,
                StringComparison.Ordinal);
        }
        finally
        {
            cluster.Lab.Operator.Faults = OperatorFaults.None;
            await cluster.Lab.WaitUntilRunningAsync(ConfluentResources.Kafkas, LabCluster.Kafka, _limit.Token);
        }
    }

    [LabFact]
    public async Task Watch_GoesOnFromAHeartbeat_SeesNothingTwice()
    {
        ComponentSnapshot before = (await ReadAsync()).Kafka!;
        List<RollReport> reports = [];
        RollProgress? beat = null;
        WatchRollInput input = await TriggerAsync(before, "resumed");
        while (reports.LastOrDefault()?.Milestone is not (RollMilestone.Done or RollMilestone.Breached))
        {
            // Every watcher is lost two seconds after it began, and the next one goes on from its last heartbeat.
            using CancellationTokenSource lost = CancellationTokenSource.CreateLinkedTokenSource(_limit.Token);
            lost.CancelAfter(TimeSpan.FromSeconds(2));
            try
            {
                RollReport report = await Watcher.WatchAsync(input, beat ?? input.Progress, seen => beat = seen, () => false, lost.Token);
                reports.Add(report);
                beat = report.Progress;
            }
            catch (OperationCanceledException) when (!_limit.IsCancellationRequested)
            {
                Assert.NotNull(beat);
            }
        }

        Assert.All(reports.SkipLast(1), report => Assert.Equal(RollMilestone.InSync, report.Milestone));
        Assert.Equal(RollMilestone.Done, reports[^1].Milestone);
        Assert.Equal([1, 1, 1], reports[^1].Progress.Pods.Select(pod => pod.Replacements));
        Assert.Equal(reports.Count, reports.Select(report => (report.Milestone, report.Sentence)).Distinct().Count());
    }

    public void Dispose() => _limit.Dispose();

    private RollWatcher Watcher => cluster.Services.GetRequiredService<RollWatcher>();

    private async Task<List<RollReport>> RollAsync(ComponentSnapshot before, string key)
    {
        WatchRollInput input = await TriggerAsync(before, key);
        List<RollReport> reports = [];
        do
        {
            RollReport report = await Watcher.WatchAsync(input, input.Progress, _ => { }, () => false, _limit.Token);
            reports.Add(report);
            input = input with { Progress = report.Progress };
        }
        while (reports[^1].Milestone
            is not (RollMilestone.Done or RollMilestone.Breached or RollMilestone.OperatorIdle or RollMilestone.CapReached));
        return reports;
    }

    private async Task<WatchRollInput> TriggerAsync(ComponentSnapshot before, string key)
    {
        // No run holds a lock here, so no activity would write.
        PatchObjectResult patched = await cluster.Services.GetRequiredService<ObjectPatcher>().PatchAsync(
            cluster.Services.GetRequiredService<KubernetesClients>().Of(Target).Client,
            new(Target, before.Reference, [new(Trigger, before.ManualRoll, key)]),
            _limit.Token);
        RollProgress progress = RollProgress.Triggered(
            before, before.StatefulSet!.UpdateRevision, patched.Generation, DateTimeOffset.UtcNow);
        return new(Target, LabCluster.Kafka, RollComponent.Brokers, progress, [], Limits);
    }

    private Task<ConfluentClusterSnapshot> ReadAsync() =>
        cluster.Services.GetRequiredService<ConfluentActivities>().ReadClusterAsync(new(Target, LabCluster.Kafka)).WaitAsync(_limit.Token);

    private Task<KafkaSnapshot> SnapshotAsync() =>
        cluster.Services.GetRequiredService<KafkaActivities>().TakeSnapshotAsync(new(Target, LabCluster.Kafka)).WaitAsync(_limit.Token);

    /// <summary>Three controllers and three brokers under an operator, and the activities as a worker would make them.</summary>
    public sealed class Cluster : IAsyncLifetime
    {
        public LabCluster Lab { get; private set; } = null!;

        public ServiceProvider Services { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (LabTools.Folder is null)
            {
                return;
            }

            using CancellationTokenSource limit = new(TimeSpan.FromMinutes(4));
            Lab = await LabCluster.StartAsync(new() { WithTemporal = false }, limit.Token);
            await Lab.CreateTopicAsync("orders", 6, 3, 2);
            Services = KubeLab.Activities(
                ("Clusters:lab:Kubeconfig", Lab.Kubeconfig), ("Clusters:lab:KafkaBootstrapServers", Lab.BootstrapServers));
        }

        public async Task DisposeAsync()
        {
            if (Lab is not null)
            {
                await Services.DisposeAsync();
                await Lab.DisposeAsync();
            }
        }
    }
}
