using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Health;
using Orchestrator.Workflows.Procedures.CheckClusterHealth;
using Orchestrator.Workflows.Tests.Runs;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Assessments;

/// <summary>What an assessment makes of what its sections see, and of those that see nothing.</summary>
public sealed class CheckClusterHealthRunTests : RunTests
{
    private static readonly string[] AllSections =
        ["target", "control-plane", "nodes", "pods", "workloads", "storage", "events", "leftovers", "certificates"];

    private static readonly Finding Cordoned = new(HealthCodes.NodeCordoned, FindingSeverity.Warning, "node a", "Node a is cordoned.");
    private static readonly Finding Failed = new(HealthCodes.VolumeFailed, FindingSeverity.Critical, "pv b", "Volume b has failed.");

    private readonly ScriptedHealth _health = new();
    private readonly string _id = Guid.NewGuid().ToString("N")[..12].ToUpperInvariant();
    private int _runs;

    public CheckClusterHealthRunTests()
        : base(new BoxTemporal(caches: false))
    {
    }

    private static CheckClusterHealthInput Input { get; } = new() { Target = new ChangeTarget("lab") };

    [Fact]
    public async Task Report_OfAHealthyCluster_HasEverySectionAndNoFinding()
    {
        AssessmentReport report = await RunAsync(Input);

        Assert.Equal((Verdict.Healthy, "Healthy: nothing that anybody must act on."), (report.Verdict, report.Sentence));
        Assert.Equal(AllSections, report.Sections.Select(section => section.Name));
        Assert.Empty(report.Findings);
        Assert.Null(report.Difference);
        Assert.Equal(report.ReportId, Assert.Single(_health.Kept).ReportId);
        Assert.Superset(
            new HashSet<string> { "input.json", "report.json", "report.md", "status.json" },
            _health.Evidence!.Documents.Select(document => document.Path).ToHashSet());
        Assert.Empty(AuditChain.Verify(_health.Evidence.Events));
    }

    [Fact]
    public async Task Report_ListsTheWorstFirstAndCountsTheRest()
    {
        _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", [Cordoned, Cordoned with { Object = "node c" }], 9);
        _health.Sections["ReadStorageHealth"] = () => SectionReading.Of("2 volumes", [Failed], 9);

        AssessmentReport report = await RunAsync(Input with { MaxFindings = 2 });

        Assert.Equal(
            (Verdict.Critical, "Critical: 1 critical, 2 degraded. Volume b has failed."), (report.Verdict, report.Sentence));
        Assert.Equal([Failed, Cordoned], report.Findings);
        Assert.Equal(1, Assert.Single(report.NotListed).Value);
        Assert.Equal(Verdict.Degraded, report.Sections.Single(section => section.Name == "nodes").Verdict);
    }

    [Fact]
    public async Task Section_ThatCannotBeRead_IsUnknownAndTheOthersAreJudged()
    {
        _health.Sections["ReadPodHealth"] = () => throw ScriptedHealth.Fails("SOMETHING");
        _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", [Cordoned], 9);

        AssessmentReport report = await RunAsync(Input);

        Assert.Equal(Verdict.Degraded, report.Verdict);
        Assert.Equal(Verdict.Unknown, report.Sections.Single(section => section.Name == "pods").Verdict);
        Assert.Equal([HealthCodes.NodeCordoned, AssessmentCodes.SectionUnread], report.Findings.Select(finding => finding.Code));
        Assert.Equal("Section pods could not be read (SOMETHING): SOMETHING happened.", report.Findings[1].Sentence);
    }

    [Fact]
    public async Task ApiServer_GoneInTheMiddle_IsCritical()
    {
        _health.Sections["ReadEventHealth"] = () => throw ScriptedHealth.Fails(KubernetesCodes.KubernetesUnavailable);

        AssessmentReport report = await RunAsync(Input);

        Assert.Equal((Verdict.Critical, AssessmentCodes.ApiUnreachable), (report.Verdict, report.Findings[0].Code));
    }

    [Fact]
    public async Task ApiServer_GoneFromTheBeginning_IsAnAnswerAndNothingElseIsAsked()
    {
        _health.Refusals = [Refusal.Unknown(ReasonCodes.TargetUnreachable, "The API server did not answer.", "cluster lab")];

        AssessmentReport report = await RunAsync(Input);

        Assert.Equal((Verdict.Critical, "Critical: 1 critical. The API server did not answer."), (report.Verdict, report.Sentence));
        Assert.Equal(["target", "api"], report.Sections.Select(section => section.Name));
        Assert.Empty(_health.Scopes);
    }

    [Fact]
    public async Task Difference_NamesWhatIsNewAndWhatIsGone()
    {
        _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", [Cordoned], 9);
        await RunAsync(Input);
        _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", [], 9);
        _health.Sections["ReadStorageHealth"] = () => SectionReading.Of("2 volumes", [Failed], 9);

        AssessmentReport report = await RunAsync(Input);

        Assert.Equal(Verdict.Degraded, report.Difference!.VerdictBefore);
        Assert.Equal([Failed], report.Difference.New);
        Assert.Equal([Cordoned], report.Difference.Gone);
    }

    [Fact]
    public async Task Difference_OfAReportThatCouldNotReadAll_SaysOfNothingThatItIsGone()
    {
        _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", [Cordoned], 9);
        await RunAsync(Input);
        _health.Sections["ReadNodeHealth"] = () => throw ScriptedHealth.Fails("SOMETHING");

        AssessmentReport report = await RunAsync(Input);

        Assert.Empty(report.Difference!.Gone);
    }

    [Fact]
    public async Task Restarts_AreCountedAgainstTheLastReport()
    {
        _health.Sections["ReadPodHealth"] = () =>
            SectionReading.Of("1 pod", [], 9) with { Counters = new Dictionary<string, long> { ["confluent/kafka-0"] = 4 } };
        AssessmentReport first = await RunAsync(Input);

        await RunAsync(Input);

        Assert.Null(_health.Scopes[0].CountedAt);
        Assert.Equal(first.At, _health.Scopes[1].CountedAt);
        Assert.Equal(4, _health.Scopes[1].RestartsBefore["confluent/kafka-0"]);
    }

    [Fact]
    public async Task Store_ThatIsAway_CostsTheComparisonAndNotTheReport()
    {
        _health.StoreIsAway = ReasonCodes.AuditUnavailable;

        AssessmentReport report = await RunAsync(Input);

        Assert.Equal(Verdict.Healthy, report.Verdict);
        Assert.Equal(
            [
                $"It was compared with no earlier report: {ReasonCodes.AuditUnavailable} happened.",
                $"It could not be kept: {ReasonCodes.AuditUnavailable} happened.",
            ],
            report.Remarks);
    }

    [Fact]
    public async Task People_AreToldOfAnotherVerdictOrANewCriticalFindingAndOfNothingElse()
    {
        Refusal away = Refusal.Unknown(ReasonCodes.TargetUnreachable, "The API server of cluster lab did not answer.", "cluster lab");
        foreach ((Finding[] findings, Refusal[] refusals) in new (Finding[], Refusal[])[]
        {
            ([], []),
            ([Cordoned], []),
            ([Cordoned], []),
            ([Cordoned, Failed], []),
            ([Cordoned, Failed], []),
            ([Cordoned, Failed, Failed with { Object = "pv c" }], []),
            ([], [away]),
            ([], [away]),
            ([Cordoned, Failed], []),
            ([], []),
            ([], []),
        })
        {
            _health.Sections["ReadNodeHealth"] = () => SectionReading.Of("3 nodes", findings, 9);
            _health.Refusals = refusals;
            await RunAsync(Input);
        }

        Assert.Equal(
            [
                "assessment.changed Warning !", "assessment.changed Page !", "assessment.changed Page !", "assessment.changed Page !",
                "assessment.changed Page !", "assessment.over Info .",
            ],
            _health.Channels.Short);
        Assert.Equal(
            [
                "Degraded, was Healthy", "Critical, was Degraded", "Critical, was Critical", "Critical, was Critical",
                "Critical, was Critical", "Healthy, was Critical",
            ],
            _health.Channels.Heard.Select(notice => notice.Title.Split(": ")[^1]));
        Assert.StartsWith("check-cluster-health on lab/confluent: ", _health.Channels.Heard[0].Title, StringComparison.Ordinal);
        Assert.EndsWith("\n- VOLUME_FAILED pv b: Volume b has failed.", _health.Channels.Heard[1].Sentence, StringComparison.Ordinal);
        Assert.Equal(["check-cluster-health/lab"], _health.Channels.Heard.Select(notice => notice.Incident).Distinct());
    }

    [Fact]
    public async Task Quick_ReadsApiNodesAndPodsAlone()
    {
        AssessmentReport report = await RunAsync(Input with { Quick = true });

        Assert.Equal(["target", "control-plane", "nodes", "pods"], report.Sections.Select(section => section.Name));
    }

    [Fact]
    public async Task Namespace_ThatDoesNotExist_IsRefused()
    {
        AssessmentReport report = await RunAsync(Input with { Namespaces = ["gone"] });

        Assert.Equal([ReasonCodes.TargetNotFound], report.Refusals.Select(refusal => refusal.Code));
        Assert.Empty(report.Sections);
    }

    [Fact]
    public async Task Input_ThatBreaksItsRules_IsRefusedWithEverySentence()
    {
        AssessmentReport report = await RunAsync(
            new { Target = new { Context = "lab" }, MaxFindings = 0, RestartThreshold = 0, Colour = "red" });

        Assert.Equal(
            [
                "Colour is unknown; the fields are Target, Change, Namespaces, RestartThreshold, RestartWindow, PendingAfter, EventWindow, "
                    + "CertWarn, Quick, MaxFindings.",
                "RestartThreshold is 0; it must be at least 1.",
                "MaxFindings is 0; it must be between 1 and 500.",
            ],
            report.Refusals.Select(refusal => refusal.Sentence));
        Assert.Empty(_health.Scopes);
    }

    private async Task<AssessmentReport> RunAsync(object input)
    {
        string queue = $"queue-{_id}";
        int heard = _health.Channels.Heard.Count;
        TemporalWorkerOptions options = Server.WorkerOptions(queue)
            .AddWorkflow<CheckClusterHealthWorkflow>()
            .AddWorkflow<TellPeopleWorkflow>()
            .AddAllActivities(_health)
            .AddAllActivities(_health.Channels);
        using TemporalWorker worker = new(Server.Client, options);
        return await worker.ExecuteAsync(async () =>
        {
            WorkflowHandle handle = await Server.Client.StartWorkflowAsync(
                CheckClusterHealthWorkflow.Type, [input],
                new WorkflowOptions($"check-cluster-health/lab/CHG-20261121-{_id}-{++_runs}", queue));
            AssessmentReport report = await Server.ResultAsync<AssessmentReport>(handle);
            int begun = (await handle.FetchHistoryAsync()).Events.Count(
                each => each.EventType == EventType.ChildWorkflowExecutionStarted);
            await Server.UntilAsync(() => _health.Channels.Heard.Count == heard + begun);
            return report;
        });
    }
}
