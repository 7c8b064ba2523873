using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Tests.Confluent;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>
/// What a roll is said to wait for. Each row is worse than those below it and shows their signs as well, so the table is the order:
/// scheduling, start, recovery, shutdown, readiness, replicas, operator.
/// </summary>
public sealed class RollDiagnosisTests
{
    private static readonly PodRoll Waiting = new("kafka-2", "kafka-2-a");
    private static readonly PodRoll Restarted = new("kafka-2", "kafka-2-a", "uid-1", DateTimeOffset.UnixEpoch, Replacements: 1);

    private static readonly Refusal[] Unhealthy = [Refusal.Block(KafkaCodes.PartitionsUnderReplicated, "24 partitions are behind.")];
    private static readonly KafkaSnapshot Recovering =
        WholeKafka.Snapshot.With(new BrokerSnapshot(2, 0, 36, State: 2, RemainingSegments: 40, Registered: false));

    /// <summary>The pod that is waited for, as it is now, the rest of the cluster, and the sentence.</summary>
    public static TheoryData<PodRoll?, PodSnapshot?, KafkaSnapshot, Refusal[], string> Rows => new()
    {
        { Restarted, null, Recovering, Unhealthy, "Pod kafka-2 was stopped and has not been recreated yet." },
        {
            Restarted, New with { Phase = "Pending", WaitingReason = "ContainerCreating",
                Unschedulable = "0/3 nodes are available: 3 Insufficient memory." }, Recovering, Unhealthy,
            "Pod kafka-2 cannot be scheduled: 0/3 nodes are available: 3 Insufficient memory."
        },
        { Restarted, New with { WaitingReason = "ImagePullBackOff", Terminating = true }, Recovering, Unhealthy,
            "Pod kafka-2 has not started: ImagePullBackOff." },
        { Restarted, New with { Terminating = true }, Recovering, Unhealthy, "Broker 2 is recovering its log, 40 segments remain." },
        { Restarted, New, Recovering.With(new BrokerSnapshot(2, 0, 36, 2, null, false)), Unhealthy,
            "Broker 2 is recovering its log, ? segments remain." },
        { Waiting, Old with { Terminating = true, Ready = false }, WholeKafka.Snapshot, Unhealthy, "Pod kafka-2 is shutting down." },
        { Restarted, New, WholeKafka.Snapshot, Unhealthy, "Pod kafka-2 is starting." },
        { Waiting, Old with { Ready = false }, WholeKafka.Snapshot, Unhealthy, "Pod kafka-2 is not Ready." },
        { Restarted, New with { Ready = true }, WholeKafka.Snapshot, Unhealthy, "24 partitions are behind." },
        { Waiting, Old, WholeKafka.Snapshot, [], "Waits for the operator to restart pod kafka-2." },
        { null, null, WholeKafka.Snapshot, Unhealthy, "All pods are restarted, but the cluster is not healthy: 24 partitions are behind." },
        { null, null, WholeKafka.Snapshot, [],
            "All pods are restarted; checks that kafkas.platform.confluent.io confluent/kafka stays steady." },
    };

    private static PodSnapshot Old => WholeConfluent.Kafka.Pods[2];

    private static PodSnapshot New => WholeConfluent.Pod("kafka", 2, "uid-1", "r2") with { Ready = false };

    [Theory]
    [MemberData(nameof(Rows))]
    public void RollDiagnosis_Signs_GiveTheFirstCause(PodRoll? current, PodSnapshot? pod, KafkaSnapshot kafka, Refusal[] unhealthy,
        string sentence) =>
        Assert.Equal(sentence, RollDiagnosis.Sentence(WholeConfluent.Kafka.With(2, _ => pod), current, kafka, unhealthy));
}
