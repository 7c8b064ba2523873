using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Tests.Rehearsals;
using Orchestrator.Workflows.Assessments;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Starter.Tests.Assessments;

/// <summary>Health checks with their real activities and their store, on a whole cluster in the box.</summary>
public sealed class BoxHealthTests
{
    // All sections are read at once and have two minutes, of which a lost worker costs half a one: one of them is ended at each moment.
    private static readonly string[] Boundaries =
        ["ResolveTarget", "ReadLastReport", "FindHealthNamespaces", "a section", "KeepReport", "WriteEvidence"];

    // The claims of the box go with their volumes, as with most storage classes: that is found on every cluster of brokers.
    [Fact]
    public async Task Health_AfterARoll_FindsNothingThatTheRollLeft()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        Assert.Equal(ChangeState.Succeeded, (await box.ExecuteAsync()).Change.State);

        AssessmentReport report = await box.AssessAsync((_, _) => false);

        Assert.Equal([HealthCodes.VolumeOfKafkaDeletes], report.Findings.Select(finding => finding.Code).Distinct());
        Assert.All(report.Sections.Where(section => section.Name != "storage"), section => Assert.Equal(Verdict.Healthy, section.Verdict));
    }

    [Fact]
    public async Task Health_OfACordonedNode_NamesItAsNewAndThenAsGone()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        using IKubernetes client = (Kubeconfig.Load(box.Box.KubeconfigPath, null) with { FieldManager = "a-person" })
            .Open(TimeProvider.System);
        AssessmentReport before = await box.AssessAsync((_, _) => false);
        await CordonAsync(client, true);
        AssessmentReport cordoned = await box.AssessAsync((_, _) => false);
        await CordonAsync(client, false);
        AssessmentReport after = await box.AssessAsync((_, _) => false);

        Assert.Null(before.Difference);
        Finding found = Assert.Single(cordoned.Difference!.New);
        Assert.Equal((HealthCodes.NodeCordoned, "node node-0"), (found.Code, found.Object));
        Assert.EndsWith(", by a-person.", found.Sentence, StringComparison.Ordinal);
        Assert.Equal(found.Code, Assert.Single(after.Difference!.Gone).Code);
    }

    [Fact]
    public async Task Health_WorkerEndedBeforeAndAfterEveryPhase_ComesToTheSameReportAndKeepsItOnce()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        HashSet<string> ended = [];
        AssessmentReport disturbed = await box.AssessAsync((moment, what) =>
        {
            lock (ended)
            {
                string activity = what.Split(' ')[0];
                return ended.Add($"{moment} {(Boundaries.Contains(activity) ? activity : "a section")}");
            }
        });

        // Its last worker goes on, and has been ended everywhere.
        AssessmentReport undisturbed = await box.AssessAsync((_, _) => false);

        Assert.Equal(
            Boundaries.SelectMany(name => (string[])[$"After {name}", $"Before {name}"]).Order(StringComparer.Ordinal),
            ended.Order(StringComparer.Ordinal));
        Assert.Equal(undisturbed.Findings, disturbed.Findings);
        Assert.Equal(
            undisturbed.Sections.Select(section => (section.Name, section.Verdict, section.Sentence)),
            disturbed.Sections.Select(section => (section.Name, section.Verdict, section.Sentence)));
        Assert.Equal(
            (disturbed.At, 0, 0),
            (undisturbed.Difference!.Since, undisturbed.Difference.New.Count, undisturbed.Difference.Gone.Count));
        Assert.Empty(disturbed.Remarks);
    }

    internal static Task<JsonObject> CordonAsync(IKubernetes client, bool cordons) => client.MergePatchAsync(
        ResourceType.Nodes,
        null,
        "node-0",
        new JsonObject { ["spec"] = new JsonObject { ["unschedulable"] = cordons ? true : null } },
        null,
        CancellationToken.None);
}
