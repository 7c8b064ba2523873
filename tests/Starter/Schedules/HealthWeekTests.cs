using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Schedules;
using Orchestrator.Starter.Tests.Assessments;
using Orchestrator.Starter.Tests.Rehearsals;
using Temporalio.Client;
using Temporalio.Client.Schedules;

namespace Orchestrator.Starter.Tests.Schedules;

/// <summary>A week of health checks on a cluster in the box: people hear of what changes, and of nothing else.</summary>
public sealed class HealthWeekTests
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task People_HearOfEachFaultOnceWhenItComesAndOnceWhenItGoes()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        string heard = Path.Combine(box.Evidence, "..", "notices.jsonl");
        box.Settings["Orchestrator:Notifications:Channels:file:Kind"] = "File";
        box.Settings["Orchestrator:Notifications:Channels:file:Path"] = heard;
        box.Settings["Orchestrator:Notifications:Routes:all:Channels:0"] = "file";
        ITemporalClient client = await box.WorkAsync();
        using IKubernetes cluster = Kubeconfig.Load(box.Box.KubeconfigPath, null).Open(TimeProvider.System);
        ScheduledProcedure health = ScheduledProcedure.Of(
            new PlannedSchedule("health", "check-cluster-health", "sandbox") { Every = Every }, "unverified:alice");
        ScheduleHandle schedule = await client.CreateScheduleAsync(
            "health", health.ToTemporal(new(health.Plan, "unverified:alice", box.Box.Time.Now), new()));

        // The claims of the box go with their volumes: that is found first.
        await box.Box.Time.AdvanceAsync(Day);
        await KeepVolumesAsync(cluster);
        await box.Box.Time.AdvanceAsync(Day);
        await BoxHealthTests.CordonAsync(cluster, true);
        await box.Box.Time.AdvanceAsync(Day);
        await box.Box.Plane.Faults.SwitchOffAsync("node-1");
        await box.Box.Time.AdvanceAsync(Day);
        await box.Box.Plane.Faults.SwitchOnAsync("node-1");
        await box.Box.Time.AdvanceAsync(Day);
        await BoxHealthTests.CordonAsync(cluster, false);
        await box.Box.Time.AdvanceAsync(Day * 2);

        string[] lines = [.. (await File.ReadAllLinesAsync(heard)).Select(line => JsonNode.Parse(line)!).Select(
            notice => $"{notice["type"]} {notice["severity"]} {((string)notice["title"]!).Split(": ")[^1]}")];
        ScheduleDescription ran = await schedule.DescribeAsync();
        Assert.Equal((168, 0, 0), (ran.Info.NumActions, ran.Info.NumActionsSkippedOverlap, ran.Info.NumActionsMissedCatchupWindow));
        Assert.Equal(
            [
                "assessment.changed Warning Degraded",
                "assessment.over Info Healthy, was Degraded",
                "assessment.changed Warning Degraded, was Healthy",
                "assessment.changed Page Critical, was Degraded",
                "assessment.changed Warning Degraded, was Critical",
                "assessment.over Info Healthy, was Degraded",
            ],
            lines);
    }

    private static async Task KeepVolumesAsync(IKubernetes cluster)
    {
        await foreach (JsonObject volume in cluster.StreamAsync(ResourceType.PersistentVolumes, null, null, CancellationToken.None))
        {
            await cluster.MergePatchAsync(
                ResourceType.PersistentVolumes, null, volume.Name(),
                new JsonObject { ["spec"] = new JsonObject { ["persistentVolumeReclaimPolicy"] = "Retain" } }, null,
                CancellationToken.None);
        }
    }
}
