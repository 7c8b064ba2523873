using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;

namespace Orchestrator.Starter.Tests.Processes;

/// <summary>What <c>sop</c> does where Temporal runs and no worker does.</summary>
[Trait("Category", "Lab")]
public sealed class SopWithoutWorkerTests
{
    [LabFact]
    public async Task Server_WithoutWorker_EndsEveryCommandWithItsOwnSentence()
    {
        await using LabServers servers = await LabServers.StartAsync("temporal");
        Sop sop = new(new Dictionary<string, string> { ["TEMPORAL_ADDRESS"] = servers.TemporalAddress });
        string server = $"Temporal at {servers.TemporalAddress} (namespace default)";

        Assert.Equal(
            new ProgramRun(
                5,
                "",
                $"error: No worker polls the task queue 'orchestrator' of {server}, so nothing would run: "
                + "start orchestrator-worker (in a checkout: dotnet run --project src/Worker).\n"),
            await sop.RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent"));
        Assert.Equal(
            new ProgramRun(2, "", $"error: {server} knows no workflow 'roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123'.\n"),
            await sop.RunAsync("status", "roll-kafka-cluster/lab/confluent/CHG-20260301-ABC123/approval/1"));

        ProgramRun unregistered = await sop.RunAsync("approve", "CHG-20260301-ABC123");
        Assert.Equal(2, unregistered.ExitCode);
        Assert.StartsWith($"error: {server} cannot be searched by what changes are known by (a worker registers that at its start): ", unregistered.Errors, StringComparison.Ordinal);

        ProgramRun elsewhere = await new Sop(new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = servers.TemporalAddress,
            ["TEMPORAL_NAMESPACE"] = "operations",
        }).RunAsync("plan", "roll-kafka-cluster", "--target", "lab/confluent");
        Assert.Equal(2, elsewhere.ExitCode);
        Assert.EndsWith("; say which one with TEMPORAL_NAMESPACE.\n", elsewhere.Errors, StringComparison.Ordinal);
    }
}
