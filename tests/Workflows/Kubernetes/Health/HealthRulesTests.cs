using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Workflows.Tests.Kubernetes.Health;

/// <summary>What the rules of a health check say of what they are shown, at the edges of their limits.</summary>
public sealed class HealthRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly HealthScope Scope = new(new ChangeTarget("lab"), ["kafka"]);
    private static readonly ConditionSeen Ready = new("Ready", "True", null, null, null);

    [Fact]
    public void Node_Cordoned_SaysSinceWhenAndByWhom() => Assert.Equal(
        "Node a is cordoned since 2026-11-21 11:00:00Z, by kubectl-cordon.",
        Assert.Single(NodeHealth.Check(
            new("a", [Ready], IsCordoned: true, "v1.34.4") { CordonedSince = Now.AddHours(-1), CordonedBy = "kubectl-cordon" }, "v1.34.4"))
            .Sentence);

    [Theory]
    [InlineData("v1.31.0", null)]
    [InlineData("v1.30.9", "4 minor versions older than")]
    [InlineData("v1.34.9", null)]
    [InlineData("v1.35.0", "newer than")]
    [InlineData("v1.34.4-eks-1a2b", null)]
    [InlineData("unknown", null)]
    public void Kubelet_OfAnotherVersion_IsAFindingWhereKubernetesDoesNotSupportIt(string kubelet, string? skew) => Assert.Equal(
        skew is null ? [] : [$"The kubelet of node a is {kubelet}, {skew} the API server's v1.34.4."],
        NodeHealth.Check(new("a", [Ready], IsCordoned: false, kubelet), "v1.34.4").Select(finding => finding.Sentence));

    [Fact]
    public void Node_ThatNeverReported_IsNotReady() => Assert.Equal(
        "Node a is not Ready: its kubelet has never reported.",
        Assert.Single(NodeHealth.Check(new("a", [], IsCordoned: false, null), "v1.34.4")).Sentence);

    [Theory]
    [InlineData(300, 0)]
    [InlineData(301, 1)]
    public void Pod_Pending_IsAFindingOnceItLastsLongerThanItMay(int seconds, int findings) => Assert.Equal(
        findings,
        PodHealth.Check(new("kafka", "broker-0", "Pending", Now.AddSeconds(-seconds), []), Scope, Now).Count());

    [Theory]
    [InlineData(300, 0)]
    [InlineData(301, 1)]
    public void Pod_Terminating_IsAFindingFiveMinutesAfterItsGracePeriod(int seconds, int findings) => Assert.Equal(
        findings,
        PodHealth.Check(
            new("kafka", "broker-0", "Running", Now.AddDays(-1), []) { DeletedAt = Now.AddSeconds(-seconds) }, Scope, Now).Count());

    [Theory]
    [InlineData(2, 10, 0)]
    [InlineData(3, 60, 1)]
    [InlineData(3, 61, 0)]
    public void Restarts_WithoutAnEarlierReport_CountWhereTheLastWasWithinTheWindow(int restarts, int minutesAgo, int findings) =>
        Assert.Equal(
            findings,
            PodHealth.Check(
                new("kafka", "broker-0", "Running", Now.AddDays(-9), [new("main", restarts, LastEnded: Now.AddMinutes(-minutesAgo))]),
                Scope,
                Now).Count());

    [Theory]
    [InlineData("ContainerCreating", 0)]
    [InlineData("PodInitializing", 0)]
    [InlineData("ImagePullBackOff", 1)]
    public void Container_ThatStarts_IsNoFinding(string reason, int findings) => Assert.Equal(
        findings, PodHealth.Check(new("kafka", "broker-0", "Running", Now, [new("main", 0, reason)]), Scope, Now).Count());

    [Fact]
    public void Workload_WithNoPodReady_IsCritical() => Assert.Equal(
        [FindingSeverity.Critical, FindingSeverity.Warning],
        WorkloadHealth.Check(new("Deployment", "kafka/a", 2, 0)).Concat(WorkloadHealth.Check(new("Deployment", "kafka/b", 2, 1)))
            .Concat(WorkloadHealth.Check(new("Deployment", "kafka/c", 0, 0))).Select(finding => finding.Severity));

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void Budget_ThatBlocks_IsAFindingAfterAnHour(int minutes, int findings) => Assert.Equal(
        findings, WorkloadHealth.Check(new BudgetSeen("kafka/a", 0, 3, 3, 3, Now.AddMinutes(-minutes)), Now).Count());

    [Fact]
    public void Volume_OfKafka_MustOutliveItsClaim() => Assert.Equal(
        "Volume v of Kafka's claim kafka/data0-kafka-0 has the reclaim policy Delete.",
        Assert.Single(StorageHealth.Check(new VolumeSeen("v", "Bound", null, "Delete", "kafka/data0-kafka-0"), isOfKafka: true)).Sentence);

    [Fact]
    public void Events_AreGroupedAndTheNewestComesFirst()
    {
        EventGroups groups = new(Now.AddHours(-1));
        groups.Add(new("BackOff", "Pod kafka/a", "back-off", 3, Now.AddMinutes(-30)));
        groups.Add(new("FailedMount", "Pod kafka/b", "no volume", 1, Now.AddMinutes(-5)));
        groups.Add(new("BackOff", "Pod kafka/a", "back-off 5m", 4, Now.AddMinutes(-20)));
        groups.Add(new("Old", "Pod kafka/c", "old", 1, Now.AddMinutes(-61)));

        Assert.Equal(
            [
                "Pod kafka/b: FailedMount, 1 times, last at 2026-11-21 11:55:00Z: no volume.",
                "Pod kafka/a: BackOff, 7 times, last at 2026-11-21 11:40:00Z: back-off 5m.",
            ],
            groups.Findings().Select(finding => finding.Sentence));
    }

    [Fact]
    public void ApiServer_ChecksThatFail_AreNamedAlone() => Assert.Equal(
        ["The API server's check etcd of /readyz fails: etcd failed: reason withheld."],
        ControlPlaneHealth.Check("/readyz", "[+]ping ok\n[-]etcd failed: reason withheld\n[+]log ok\nreadyz check failed\n")
            .Select(finding => finding.Sentence));

    [Theory]
    [InlineData(30, 0)]
    [InlineData(31, 1)]
    public void Lease_ThatIsNotRenewedForTwiceItsTime_IsAFinding(int seconds, int findings) => Assert.Equal(
        findings,
        ControlPlaneHealth.Check(new("kube-scheduler", Now.AddSeconds(-seconds), TimeSpan.FromSeconds(15), "a"), Now).Count());

    [Theory]
    [InlineData(30, null)]
    [InlineData(29, FindingSeverity.Warning)]
    [InlineData(0, FindingSeverity.Critical)]
    public void Certificate_Ends_IsAFindingBeforeItDoes(int days, FindingSeverity? severity) => Assert.Equal(
        severity,
        CertificateHealth.Check(new("kafka/tls", "CN=a", Now.AddDays(days)), Scope, Now)
            .Select(finding => (FindingSeverity?)finding.Severity).SingleOrDefault());

    [Theory]
    [InlineData(120, 0)]
    [InlineData(121, 1)]
    public void Hold_OlderThanTwoHours_IsAFindingWithItsOwner(int minutes, int findings)
    {
        List<Finding> found = [.. LeftoverHealth.Check(
            "kafkas.platform.confluent.io kafka/kafka",
            [new OperatorHold(OperatorHold.BlockReconcile, "true", "kubectl", Now.AddMinutes(-minutes), "CHG-1")],
            Now)];

        Assert.Equal(findings, found.Count);
        Assert.All(found, finding => Assert.EndsWith("Z, set by CHG-1.", finding.Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void Lock_OfARunThatEnded_IsCriticalWithWhatItHadNotPutBack()
    {
        LockHolder ended = new("roll/lab/CHG-1", "run", "CHG-1", "RollKafkaCluster", "unverified:alice");
        LockHold held = new(ended with { ChangeId = "CHG-2" }, LockMode.Exclusive, 6, Now, Now);
        LockHold left = new(ended, LockMode.Exclusive, 7, Now, Now, new LockOrphan("Terminated", Now, ["trigger: holds the operator"]));
        GuardStatus guard = new("cluster/uid/kafka", GuardCondition.Orphaned, 7, [held, left], [], null, null, null, "Sentence.");

        Assert.Equal(
            [(FindingSeverity.Critical, "The lock cluster/uid/kafka is still held by CHG-1, whose run ended as Terminated at "
                + "2026-11-21 12:00:00Z; it had not put back: trigger: holds the operator.")],
            LeftoverHealth.Check(guard).Select(finding => (finding.Severity, finding.Sentence)));
    }
}
