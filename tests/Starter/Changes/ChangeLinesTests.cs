using Orchestrator.Starter.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Starter.Tests.Changes;

public sealed class ChangeLinesTests
{
    [Fact]
    public void Lines_OverAWholeRun_SayEachChangeOnce()
    {
        ChangeView[] moments =
        [
            Samples.View(Samples.Looking),
            Samples.View(Samples.AwaitingApproval, Samples.Waiting),
            Samples.View(Samples.AwaitingApproval, Samples.Granted),
            Samples.View(
                Samples.Running,
                Samples.Granted,
                Samples.Roll with
                {
                    Pods = [.. Samples.Roll.Pods.Select(pod => pod with { ReplacedAt = null, ReadyAt = null })],
                }),
            Samples.View(Samples.Running, Samples.Granted, Samples.Roll),
            Samples.View(Samples.Running, Samples.Granted, Samples.Roll),
            Samples.View(Samples.Running, Samples.Granted, Samples.Roll with { Blocked = true, Sentence = "No progress for 15 min." }),
            Samples.View(Samples.Undone, Samples.Granted, Samples.Roll with { Blocked = true, Sentence = "No progress for 15 min." }),
        ];

        Assert.Equal(
            [
                "Looking           Reads the clusters and plans the change.",
                "AwaitingApproval  Waits for 1 × peer to approve plan 9f86d081884c.",
                "vote              unverified:bob (peer) approves: quiet hour",
                "Running           The operator restarts 2 pods.",
                "step              trigger-brokers-roll Done: kafka is at generation 4.",
                "step              supervise-brokers-roll Running",
                "roll              Waits for kafka-1 to be in sync: 4 partitions are not.",
                "pod               kafka-1 restarted at 14:03:00Z",
                "pod               kafka-1 Ready at 14:04:00Z",
                "roll (stalled)    No progress for 15 min.",
                "UndoIncomplete    Broker 1 did not come back within 2 h. Not everything could be undone; the journal names it.",
                "step              supervise-brokers-roll Failed: Broker 1 did not come back within 2 h.",
                "journal           hold-brokers-operator Undone: remove block-reconcile",
                "journal           scale-brokers UndoFailed: scale back to 3 (Kubernetes denies it.)",
            ],
            moments.SelectMany((moment, index) => ChangeLines.Between(index == 0 ? null : moments[index - 1], moment)));
    }

    [Fact]
    public void Lines_OfARefusal_SayWhatToDo() =>
        Assert.Equal(
            [
                "Refused           A precheck failed; nothing was changed.",
                "refused           POD_NOT_READY: 2 of 3 pods are Ready. → Wait for kafka-2.",
                "warned            RF_NOT_ABOVE_MIN_ISR: Topic audit has no spare.",
            ],
            ChangeLines.Between(Samples.View(Samples.Looking), Samples.View(Samples.Refused(
                Refusal.Block(KubernetesCodes.PodNotReady, "2 of 3 pods are Ready.", howToResolve: "Wait for kafka-2."),
                Refusal.Warn(KafkaCodes.RfNotAboveMinIsr, "Topic audit has no spare.")))));
}
