using System.Text.Json;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Orchestrator.Workflows.Tests.Confluent;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>What a roll of 300 brokers sends around does not grow with them.</summary>
public sealed class BigRollTests
{
    private const int Brokers = 300;
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ComponentSnapshot Before = WholeConfluent.Kafka with
    {
        Replicas = Brokers,
        ReadyReplicas = Brokers,
        Pods = [.. Enumerable.Range(0, Brokers).Select(ordinal => WholeConfluent.Pod("kafka", ordinal, $"uid-of-kafka-{ordinal}", "r1"))],
    };

    [Fact]
    public void BigRoll_FromTheFirstPodToTheLast_CarriesTenPodsAndCountsAll()
    {
        RollProgress progress = RollProgress.Triggered(Before, "r1", 5, Start, "run/1");
        WatchRollInput input = new(Target, "kafka", RollComponent.Brokers, progress, [], new RollLimits());
        ComponentSnapshot now = Before with
        {
            Generation = 5,
            ObservedGeneration = 5,
            ManualRoll = "run/1",
            StatefulSet = new StatefulSetSnapshot("r2", 0),
        };
        DateTimeOffset at = Start;
        int longest = 0;
        List<RollReport?> reports = [null];

        void Read()
        {
            at += TimeSpan.FromSeconds(10);
            (progress, RollReport? report) = RollWatch.Advance(
                input, progress, new(WholeConfluent.Cluster with { Kafka = now }, WholeKafka.Snapshot, at));
            reports.Add(report);
            longest = Math.Max(longest, JsonSerializer.Serialize(progress).Length);
        }

        Read();
        Assert.Equal(RollMilestone.PickedUp, reports[^1]?.Milestone);
        for (int ordinal = Brokers - 1; ordinal >= 0; ordinal--)
        {
            now = now.With(ordinal, pod => pod with { Uid = $"new-{pod.Name}", Revision = "r2" });
            Read();
            Assert.True(
                reports[^1] is { Milestone: RollMilestone.InSync } report && RollWatch.Ends(report) == ordinal > 0,
                $"{ordinal}: {reports[^1]?.Sentence}");
        }

        for (int reading = 0; reading < 10 && reports[^1]?.Milestone != RollMilestone.Done; reading++)
        {
            Read();
        }

        Assert.Equal(
            "All 300 pods of kafkas.platform.confluent.io confluent/kafka are restarted, Ready and in sync.",
            reports[^1]?.Sentence);
        Assert.Equal((Brokers, Brokers, 0), (progress.Total, progress.Restarted, progress.Waiting));
        Assert.InRange(longest, 1, 6_000);
    }

    [Fact]
    public void BigRoll_Plan_NamesTenPodsAndThatThereAreMore()
    {
        PlanDraft draft = RollPlanner.Plan(
            new RollKafkaClusterInput { Target = Target }, Target, WholeConfluent.Cluster with { Kafka = Before }, WholeKafka.Snapshot);

        Assert.Equal(12, draft.Items.Count);
        Assert.Equal(
            ["kafka-299", "kafka-290", "kafka-289 to kafka-0 (290 pods)"],
            new[] { 1, 10, 11 }.Select(index => draft.Items[index].Object.Name));
        Assert.InRange(JsonSerializer.Serialize(draft).Length, 1, 16_000);
    }

    [Fact]
    public void Refusals_OfThousandsOfTopics_AreTenAndACount()
    {
        KafkaSnapshot kafka = WholeKafka.Snapshot with
        {
            TopicsWithoutSpare =
            [
                .. Enumerable.Range(0, KafkaSnapshot.MaximumWithoutSpare)
                    .Select(number => new TopicWithoutSpare($"topic-{number:000}", 1, 1)),
            ],
            TopicsWithoutSpareTotal = 5000,
        };

        IReadOnlyList<Refusal> shown = ShortList.Of(KafkaHealth.WithoutSpare(kafka, []));

        Assert.Equal(ShortList.Named + 1, shown.Count);
        Assert.Contains("4990", shown[^1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_BeyondThoseThatAreNamed_CannotBeAccepted()
    {
        KafkaSnapshot kafka = WholeKafka.Snapshot with
        {
            TopicsWithoutSpare = [new TopicWithoutSpare("orders", 1, 1)], TopicsWithoutSpareTotal = 4501,
        };

        Refusal refusal = Assert.Single(KafkaHealth.WithoutSpare(kafka, ["orders"]), refusal => refusal.Blocks);

        Assert.Contains("4500", refusal.Sentence, StringComparison.Ordinal);
    }
}
