using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Tests.Confluent;

namespace Orchestrator.Workflows.Tests.Kafka.Rolls;

/// <summary>When a critical alert ends the watch of a roll.</summary>
public sealed class RollWatchAlertTests
{
    private static readonly CriticalAlert Known = new("1", "NodeDown", "node-1", new(2026, 11, 21, 11, 0, 0, TimeSpan.Zero), null);
    private static readonly CriticalAlert New = new("2", "KafkaOffline", "confluent", new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), null);
    private static readonly AlertWatch Watch = new(BlastRadius.None, ["1"]);

    [Theory]
    [InlineData(null, RollMilestone.Alerted)]
    [InlineData(RollMilestone.PodReplaced, RollMilestone.Alerted)]
    [InlineData(RollMilestone.InSync, RollMilestone.Alerted)]
    [InlineData(RollMilestone.Done, RollMilestone.Done)]
    [InlineData(RollMilestone.Breached, RollMilestone.Breached)]
    [InlineData(RollMilestone.TakenBack, RollMilestone.TakenBack)]
    public void RollWatch_AnAlertBegins_EndsItUnlessItHasComeToAnEndOfItsOwn(RollMilestone? milestone, RollMilestone end) =>
        Assert.Equal(end, Report(milestone, Watch, new AlertReading([New, Known]))!.Milestone);

    [Fact]
    public void RollWatch_NoNewAlertOrNoneThatCanBeRead_GoesOn()
    {
        Assert.Null(Report(null, Watch, new AlertReading([Known])));
        Assert.Null(Report(null, Watch, new AlertReading([], "refused.")));
        Assert.Null(Report(null, Watch, null));
        Assert.Null(Report(null, null, new AlertReading([New])));
        Assert.Equal(RollMilestone.InSync, Report(RollMilestone.InSync, Watch, new AlertReading([Known]))!.Milestone);
    }

    [Fact]
    public void RollWatch_AnAlertThatWasShown_IsKnownAfterwards()
    {
        RollReport report = Report(null, Watch, new AlertReading([New, Known]))!;

        Assert.Null(report.SeenAlerts!.Against(new AlertReading([New, Known])));
    }

    private static RollReport? Report(RollMilestone? milestone, AlertWatch? watch, AlertReading? reading)
    {
        ScriptedRoll roll = new();
        RollObservation seen = new(WholeConfluent.Cluster, WholeKafka.Snapshot, roll.Now) { Alerts = reading };
        RollReport? report = milestone is { } happened ? new(happened, "It happened.", roll.Progress) : null;
        return RollWatch.WithAlerts(roll.Input with { Alerts = watch }, seen, roll.Progress, report);
    }
}
