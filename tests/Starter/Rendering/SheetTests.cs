using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Starter.Tests.Rendering;

/// <summary>The pages that people read, as they look in a pipe.</summary>
public sealed class SheetTests
{
    [Fact]
    public void Plan_ReadsFromClassToHash() => Assert.Equal(
        """
        Plan of roll-kafka-cluster on lab/confluent
        Class     Reliability
        Tier      T2 (the procedure's own)
        Asked by  unverified:ann
        Reason    monthly restart

        Warnings
          RF_NOT_ABOVE_MIN_ISR  Topic audit (replication factor 1, min ISR 1) accepts no writes while its broker restarts.

        Changes
          #  STEP                    DOES    OBJECT                                        UNDO
          1  trigger-brokers-roll    update  kafkas.platform.confluent.io confluent/kafka  none
          2  supervise-brokers-roll  run     pods confluent/kafka-1, kafka-0               none

        Fields
          #  FIELD                                                  BEFORE    AFTER               WHY
          1  spec.podTemplate.annotations.kafkacluster-manual-roll  (absent)  {changeId}/brokers  makes the operator restart the pods

        Rests on
          FACT                                                    VALUE  MAY CHANGE
          kafkas.platform.confluent.io/kafka metadata.generation  3      no
          partitions                                              50     yes

        Reaches   nodes node-1, node-2; namespaces confluent; workloads kafkas.platform.confluent.io confluent/kafka
        Undo      nothing is undone on failure
        Estimate  8m 30s to do, 0s to undo
        Hash      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

        """,
        Print(PlanSheet.Of(Samples.Planned, Samples.Plan)));

    [Fact]
    public void Plan_WithARaisedTierAndACommit_SaysSo()
    {
        Plan plan = Samples.Plan with
        {
            Warnings = [],
            Observed = [],
            Items =
            [
                Samples.Plan.Items[0] with { Changes = [], Undo = UndoKind.Exact },
                Samples.Plan.Items[1] with { Action = PlanAction.Commit },
            ],
        };

        Assert.Equal(
            """
            Plan of roll-kafka-cluster on lab/confluent
            Class     Reliability
            Tier      T3 (the procedure's own is T2; raised by the request)
            Asked by  unverified:ann
            Reason    monthly restart

            No way back after
              supervise-brokers-roll

            Changes
              #  STEP                    DOES    OBJECT                                        UNDO
              1  trigger-brokers-roll    update  kafkas.platform.confluent.io confluent/kafka  exact
              2  supervise-brokers-roll  commit  pods confluent/kafka-1, kafka-0               none

            Reaches   nodes node-1, node-2; namespaces confluent; workloads kafkas.platform.confluent.io confluent/kafka
            Undo      undone on failure, except supervise-brokers-roll
            Estimate  8m 30s to do, 0s to undo
            Hash      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08

            """,
            Print(PlanSheet.Of(Samples.Planned with { Tier = ChangeTier.T3 }, plan)));
    }

    [Fact]
    public void Status_OfARefusal_SaysWhyAndWhatToDo() => Assert.Equal(
        """
        CHG-20260301-ABC123: roll-kafka-cluster on lab/confluent
        State     Refused
                  A precheck failed; nothing was changed.
        Class     Reliability
        Tier      T2
        Asked by  unverified:ann at 2026-03-01 14:00:00Z
        Reason    monthly restart
        Workflow  roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123

        Refused because
          POD_NOT_READY  2 of 3 pods [kafka-0, kafka-1] are Ready.
                         → Wait for kafka-2.

        Warnings
          RF_NOT_ABOVE_MIN_ISR  Topic audit has no spare.

        """,
        Print(StatusSheet.Of(Samples.View(Samples.Refused(
            Refusal.Block(KubernetesCodes.PodNotReady, "2 of 3 pods [kafka-0, kafka-1] are Ready.", howToResolve: "Wait for kafka-2."),
            Refusal.Warn(KafkaCodes.RfNotAboveMinIsr, "Topic audit has no spare."))))));

    [Fact]
    public void Status_ThatWaitsForVotes_SaysWhoAndHow() => Assert.Equal(
        """
        CHG-20260301-ABC123: roll-kafka-cluster on lab/confluent
        State     AwaitingApproval
                  Waits for 1 × peer to approve plan 9f86d081884c.
        Class     Reliability
        Tier      T2
        Asked by  unverified:ann at 2026-03-01 14:00:00Z
        Reason    monthly restart
        Plan      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 (2 changes)
        Workflow  roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123

        Approval
        1 × peer other than ann must approve it by 2026-03-01 18:00:00Z:
          sop approve CHG-20260301-ABC123 --plan 9f86d081884c --comment "..."
          sop reject CHG-20260301-ABC123 --plan 9f86d081884c --comment "..."

        Steps
          STEP                    STATE    STARTED  TOOK  DETAIL
          trigger-brokers-roll    Pending  -        -
          supervise-brokers-roll  Pending  -        -

        """,
        Print(StatusSheet.Of(Samples.View(Samples.AwaitingApproval, Samples.Waiting))));

    [Fact]
    public void Status_OfAFailure_ShowsVotesStepsPodsJournalAndFailure() => Assert.Equal(
        """
        CHG-20260301-ABC123: roll-kafka-cluster on lab/confluent
        State     UndoIncomplete
                  Broker 1 did not come back within 2 h. Not everything could be undone; the journal names it.
        Class     Reliability
        Tier      T2
        Asked by  unverified:ann at 2026-03-01 14:00:00Z
        Reason    monthly restart
        Plan      9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 (2 changes)
        Workflow  roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123

        Approval
        Approved by unverified:bob (peer).

        Votes
          WHEN                  WHO             ROLE  VOTE     COMMENT
          2026-03-01 14:01:00Z  unverified:bob  peer  Approve  quiet hour

        Steps
          STEP                    STATE   STARTED    TOOK   DETAIL
          trigger-brokers-roll    Done    14:02:00Z  1s     kafka is at generation 4.
          supervise-brokers-roll  Failed  14:02:02Z  2h 1s  Broker 1 did not come back within 2 h.

        Roll of kafkas.platform.confluent.io confluent/kafka
        Waits for kafka-1 to be in sync: 4 partitions are not.

        Pods
          POD      RESTARTED  READY      IN SYNC
          kafka-1  14:03:00Z  14:04:00Z  -
          kafka-0  -          -          -

        Journal
          STEP                   UNDO                    STATE       DETAIL
          hold-brokers-operator  remove block-reconcile  Undone
          scale-brokers          scale back to 3         UndoFailed  Kubernetes denies it.

        Failure
          supervise-brokers-roll  ROLL_STALLED  Broker 1 did not come back within 2 h.

        """,
        Print(StatusSheet.Of(Samples.View(Samples.Undone, Samples.Granted, Samples.Roll))));

    [Fact]
    public void Status_OfARunningRoll_ShowsHowLongTheStepRunsAndTheNumbersOfTheLastReading()
    {
        RollFacts facts = new(Samples.Start.AddMinutes(4.9), 50, 4, 1, 0, QuorumLeader: 9991, Voters: 3, VotersCaughtUp: 2, Unread: 1);

        string[] lines = Print(StatusSheet.Of(Samples.View(Samples.Running, Samples.Granted, Samples.Roll with { Facts = facts })))
            .Split('\n');

        Assert.Contains("  supervise-brokers-roll  Running  14:02:02Z  2m 58s", lines.Select(line => line.TrimEnd()));
        Assert.Contains(
            "50 partitions: 4 under-replicated, 1 under min ISR, 0 without a leader; "
                + "quorum led by 9991, 2 of 3 voters caught up; 1 source not read (at 14:04:54Z).",
            lines);
    }

    private static string Print(Sheet sheet)
    {
        StringWriter output = new();
        new Terminal(output, TextWriter.Null, isInteractive: false, TimeProvider.System).Print(sheet);
        return output.ToString();
    }
}
