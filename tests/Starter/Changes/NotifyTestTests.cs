using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Starter.Boxes;
using Orchestrator.Starter.Tests.Rehearsals;

namespace Orchestrator.Starter.Tests.Changes;

/// <summary><c>sop notify test</c>, with a real worker.</summary>
public sealed class NotifyTestTests
{
    [Fact]
    public async Task Route_IsTriedByTheWorker_WhichSaysWhoAcceptedIt()
    {
        await using BoxRoll box = await BoxRoll.StartAsync(ScenarioFile.Default);
        string heard = Path.Combine(box.Evidence, "..", "notices.jsonl");
        box.Settings["Orchestrator:Notifications:Channels:file:Kind"] = "File";
        box.Settings["Orchestrator:Notifications:Channels:file:Path"] = heard;
        box.Settings["Orchestrator:Notifications:Channels:nowhere:Kind"] = "File";
        box.Settings["Orchestrator:Notifications:Channels:nowhere:Path"] = Path.Combine(box.Evidence, "..", "no-folder", "notices.jsonl");
        box.Settings["Orchestrator:Notifications:Routes:night:AtLeast"] = "Page";
        box.Settings["Orchestrator:Notifications:Routes:night:Channels:0"] = "nowhere";
        box.Settings["Orchestrator:Notifications:Routes:night:Channels:1"] = "file";
        box.Settings["Orchestrator:Notifications:Routes:lost:Events:0"] = "health.*";
        box.Settings["Orchestrator:Notifications:Routes:lost:Channels:0"] = "nowhere";
        await box.WorkAsync();
        Sop sop = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = box.Box.Temporal.Address });

        ProgramRun night = await sop.RunAsync("notify", "test", "night", "--as", "alice");
        ProgramRun lost = await sop.RunAsync("notify", "test", "lost");
        ProgramRun unknown = await sop.RunAsync("notify", "test", "day");

        Assert.Equal(
            (0, "nowhere failed (DirectoryNotFoundException).\nAccepted by file.\n"), (night.ExitCode, night.Output));
        Assert.Equal((1, "nowhere failed (DirectoryNotFoundException).\nNo channel accepted it.\n"), (lost.ExitCode, lost.Output));
        Assert.Equal(
            (2, "error: The worker has no route 'day' under Orchestrator:Notifications:Routes.\n"), (unknown.ExitCode, unknown.Errors));

        // That nobody heard of it on one route, the other is told.
        string[] lines = await File.ReadAllLinesAsync(heard);
        Assert.Equal(
            ["notify.test", "notify.failed"],
            lines.Select(line => (string?)System.Text.Json.Nodes.JsonNode.Parse(line)!["type"]));
    }
}
