using System.Runtime.CompilerServices;
using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Rehearsals;
using Orchestrator.Starter.Rendering;
using Orchestrator.Starter.Servers;
using Orchestrator.Starter.Tests.Changes;
using Orchestrator.Workflows.Catalogue;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kafka;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;

namespace Orchestrator.Starter.Tests.Rendering;

/// <summary>Every sheet on a narrow and on a wide terminal, as in the files of <c>Golden</c>.</summary>
public sealed class WidthTests
{
    private static readonly RollFacts Facts = new(
        Samples.Start.AddMinutes(4.9), 50, 4, 1, 0, QuorumLeader: 9991, Voters: 3, VotersCaughtUp: 2, Unread: 1);

    private static readonly LockHolder Holder = new(
        Samples.WorkflowId, "run-1", "CHG-20260301-ABC123", RollKafkaClusterWorkflow.Type, "unverified:ann");

    private static readonly Dictionary<string, Sheet> Sheets = new()
    {
        ["list"] = ProcedureSheet.Of([.. ProcedureCatalogue.All.Select(each => new ProcedureRow(each.Name, each.Tier, each.Summary, []))]),
        ["plan"] = PlanSheet.Of(Samples.Planned, Samples.Plan),
        ["status-waiting"] = StatusSheet.Of(Samples.View(Samples.AwaitingApproval, Samples.Waiting)),
        ["status-running"] = StatusSheet.Of(Samples.View(Samples.Running, Samples.Granted, Samples.Roll with { Facts = Facts })),
        ["status-failed"] = StatusSheet.Of(Samples.View(Samples.Undone, Samples.Granted, Samples.Roll)),
        ["status-refused"] = StatusSheet.Of(Samples.View(Samples.Refused(
            Refusal.Block(
                KubernetesCodes.PodNotReady, "2 of 3 pods [kafka-0, kafka-1] of kafkas.platform.confluent.io confluent/kafka are Ready.",
                howToResolve: "Wait until kafka-2 is Ready, or repair it with restart-kafka-broker."),
            Refusal.Warn(KafkaCodes.RfNotAboveMinIsr, "Topic audit has no spare.")))),
        ["open"] = OpenChangesSheet.Of([Samples.View(Samples.Running), Samples.View(Samples.AwaitingApproval)]),
        ["approvals"] = ApprovalsSheet.Of([Samples.View(Samples.AwaitingApproval, Samples.Waiting)], "unverified:bob"),
        ["locks"] = LocksSheet.Of([Guard]),
        ["known-change"] = KnownSheet.Of(Known, Samples.Start.AddMinutes(9)),
        ["known-changes"] = KnownSheet.Of([Known], Samples.Start.AddMinutes(9)),
        ["known-locks"] = KnownSheet.Of(
            new KnownLocks([new KnownLocks.Guard("cluster/lab/confluent/kafka", Samples.Start.AddMinutes(2), [Holder])], [Known]),
            Samples.Start.AddMinutes(9)),
        ["rehearsal"] = RehearsalSheet.Of(Rehearsed),
        ["evidence"] = EvidenceSheet.Of(
            new EvidenceReference("/var/lib/orchestrator/evidence/CHG-20260301-ABC123.9f86d081", Samples.Hash, 12)),
        ["whoami"] = WhoAmISheet.Of(new WhoAmI(
            "bob",
            "unverified name; profile laptop accepts it",
            ["peer", "team-lead"],
            [.. ProcedureCatalogue.All.Select(each => new WhoAmI.Rights(
                each.Name,
                each.Tier,
                true,
                ["peer"],
                ["pause", "resume", "abort", "withdraw", "retry-step", "skip-step"],
                ["pause", "resume", "abort"]))])),
    };

    private static Rehearsed Rehearsed => new(
        "roll-kafka-cluster",
        new ChangeTarget("prod", "streams"),
        "prod.yaml",
        Samples.Start,
        Samples.Start.AddHours(11),
        "10h",
        ["slow-broker"],
        [
            new(KafkaCodes.RfNotAboveMinIsr, "warns", "Topic audit has no spare."),
            new(RollCodes.RollStalled, "stops", "Pod kafka-1 is not Ready 2 h after its restart.", "In a real run a person decides."),
        ],
        [
            new(Samples.Start, "rehearsal", "unverified:ann asks for roll-kafka-cluster on prod/streams."),
            new(Samples.Start.AddHours(10), "vote", "unverified:rehearsal-1 (peer) approves"),
            new(Samples.Start.AddHours(10).AddMinutes(1), "cluster", "pod streams/kafka-2 is restarted"),
        ],
        LostRecords: 0,
        Samples.View(Samples.Planned));

    private static KnownChange Known => new(
        "CHG-20260301-ABC123",
        Samples.WorkflowId,
        RollKafkaClusterWorkflow.Type,
        "lab/confluent",
        "Running",
        "T2",
        "unverified:ann",
        "monthly restart",
        Samples.Start,
        Samples.Start.AddMinutes(5),
        "Restarts of kafkas.platform.confluent.io confluent/kafka",
        [
            new PendingWork(
                "WatchRoll",
                "restart of kafka-1",
                Samples.Start.AddMinutes(3),
                2,
                Samples.Start.AddMinutes(5),
                "Waits for kafka-1 to be in sync: 4 partitions are not.",
                null),
        ]);

    private static GuardStatus Guard => new(
        "cluster/lab/confluent/kafka",
        GuardCondition.Orphaned,
        7,
        [
            new LockHold(
                Holder,
                LockMode.Exclusive,
                7,
                Samples.Start,
                Samples.Start.AddMinutes(20),
                new LockOrphan("Terminated", Samples.Start.AddMinutes(9), null)),
        ],
        [
            new LockWaiter(
                new LockRequest(
                    Holder,
                    [new LockPlace(new ChangeTarget("lab", "confluent"), "cluster-uid")],
                    LockMode.Exclusive,
                    LockPriority.Normal,
                    TimeSpan.FromMinutes(8)),
                Samples.Start.AddMinutes(3)),
        ],
        null,
        new PendingBreak(new BreakLock("unverified:bob", "its holder is gone for good", null), Samples.Start.AddMinutes(15)),
        null,
        "Its holder CHG-20260301-ABC123 was terminated at 14:09:00Z while it may have changed something; two people may break it.");

    public static TheoryData<string, int> All
    {
        get
        {
            TheoryData<string, int> rows = [];
            foreach (string name in Sheets.Keys)
            {
                rows.Add(name, 80);
                rows.Add(name, 200);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sheet_AtAWidth_IsAsInItsFile(string name, int width)
    {
        string drawn = Terminal.Plain(Sheets[name], width);
        string file = Path.Combine(Folder(), $"{name}.{width}.txt");
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_WRITE_GOLDEN") == "1")
        {
            File.WriteAllText(file, drawn);
        }

        Assert.Equal(File.ReadAllText(file), drawn);
        Assert.All(drawn.Split('\n'), line => Assert.True(line.Length <= width, $"{line.Length} columns: {line}"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Sheet_AtAWidth_KeepsEveryWordWhole(string name, int width)
    {
        string[] drawn = Words(Terminal.Plain(Sheets[name], width));

        // A word that is longer than the line must break somewhere.
        Assert.Empty(Words(Terminal.Plain(Sheets[name], 4000)).Where(word => word.Length <= 60).Except(drawn));
    }

    private static string[] Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden");
}
