using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes.Health;
using Orchestrator.Workflows.Procedures.CheckClusterHealth;

namespace Orchestrator.Workflows.Tests.Contracts;

/// <summary>One value of each record of assessments that crosses a boundary, with every member filled in.</summary>
internal static class AssessmentSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, 123, TimeSpan.Zero);
    private static readonly ChangeTarget Target = new("lab", "confluent");
    private static readonly Finding Finding = new("NODE_CORDONED", FindingSeverity.Warning, "node a", "Sentence.", "resolve");
    private static readonly Dictionary<FindingSeverity, int> Counts = new() { [FindingSeverity.Critical] = 2 };
    private static readonly Dictionary<string, long> Counters = new() { ["confluent/kafka-0"] = 3 };
    private static readonly ReportSubject Subject = new("check-cluster-health", "cluster-uid", "digest");

    private static readonly AssessmentReport Report = new(
        "CHG-20261121-ABCDEF",
        "check-cluster-health",
        Target,
        At,
        Verdict.Degraded,
        "Sentence.",
        [new ReportSection("nodes", Verdict.Critical, "12 nodes", Counts)],
        [Finding],
        Counts,
        new ReportDifference(At, Verdict.Unknown, [Finding], [Finding]))
    {
        Refusals = [Refusal.Block("CODE", "Sentence.", "object", "observed", "limit", "resolve")],
        Counters = Counters,
        ClusterUid = "cluster-uid",
        Remarks = ["Remark."],
    };

    public static IReadOnlyList<object> All { get; } =
    [
        new CheckClusterHealthInput
        {
            Target = Target,
            Change = ContractSamples.Request,
            Namespaces = ["confluent"],
            RestartThreshold = 4,
            RestartWindow = TimeSpan.FromHours(2),
            PendingAfter = TimeSpan.FromMinutes(6),
            EventWindow = TimeSpan.FromHours(3),
            CertWarn = TimeSpan.FromDays(14),
            Quick = true,
            MaxFindings = 100,
        },
        Report,
        new LastReport(Report),
        Subject,
        new KeepReportInput(Subject, Report),
        new FindHealthNamespacesInput(Target, ["confluent"]),
        new HealthNamespaces(["confluent"]),
        new HealthScope(Target, ["confluent"])
        {
            RestartThreshold = 4,
            RestartWindow = TimeSpan.FromHours(2),
            PendingAfter = TimeSpan.FromMinutes(6),
            EventWindow = TimeSpan.FromHours(3),
            CertWarn = TimeSpan.FromDays(14),
            MaxFindings = 100,
            RestartsBefore = Counters,
            CountedAt = At,
        },
        new SectionReading("12 nodes", [Finding], Counts) { Counters = Counters },
    ];
}
