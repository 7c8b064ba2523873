using System.Text.Json.Nodes;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>A scenario that is taken from the live cluster behaves in a rehearsal as the live cluster does.</summary>
[Trait("Category", "Lab")]
[Trait("Category", "Proof")]
[Collection(LabClusterCollection.Name)]
public sealed class RehearsedRollTests(LabClusterFixture fixture) : LabClusterTest(fixture), IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(6);

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [LabFact]
    public async Task Rehearsal_OfASnapshot_HasTheOrderAndTheGatesOfTheRealRoll()
    {
        RollBench bench = await RollBench.OpenAsync(Cluster);
        ProgramRun snapshot = await bench.Sop.RunAsync("sandbox", "snapshot", "--context", "lab", "--namespace", LabCluster.Namespace);
        Assert.True(snapshot.ExitCode == 0, snapshot.Errors);
        await File.WriteAllTextAsync(_file, snapshot.Output);

        ProgramRun run = await new Sop(new Dictionary<string, string>()).RunAsync(
            "rehearse", "roll-kafka-cluster", "component=Both", "--from", _file, "-o", "json");
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        string real = await bench.StartAsync("Both");
        await bench.ApproveAsync(real, Limit);
        ChangeStatus done = await bench.WaitForAsync(real, ChangeState.Succeeded, Limit);

        Assert.True(run.ExitCode == 0, $"{run.Output}{run.Errors}");
        JsonNode rehearsed = JsonNode.Parse(run.Output)!;
        Assert.Equal(
            Cluster.Pods.Deletions.Select(deletion => $"pod {LabCluster.Namespace}/{deletion.Name} is restarted"),
            rehearsed["transcript"]!.AsArray().Select(entry => (string)entry!["text"]!).Where(
                text => text.EndsWith(" is restarted", StringComparison.Ordinal)));
        Assert.Equal(
            done.Steps.Select(step => (step.Name, $"{step.State}")),
            rehearsed["view"]!["change"]!["steps"]!.AsArray().Select(step => ((string)step!["name"]!, (string)step["state"]!)));
    }
}
