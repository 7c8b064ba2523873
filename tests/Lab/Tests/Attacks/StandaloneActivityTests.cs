using Orchestrator.Lab.Servers;
using Orchestrator.Lab.Servers.Programs;
using Orchestrator.Lab.Tests.KafkaRoll;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>Our activities, called by Temporal's own command line: by anybody who can call its API.</summary>
[Trait("Category", "Lab")]
[Collection(LabClusterCollection.Name)]
public sealed class StandaloneActivityTests(LabClusterFixture fixture) : LabClusterTest(fixture)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [LabFact]
    public async Task Activities_CalledByTheCommandLine_DoNothingAndAreToldInTheLog()
    {
        await RollBench.OpenAsync(Cluster);
        await using ProgramProcess worker = ProgramProcess.StartWorker(Cluster.EnvironmentVariables);
        Cluster.Pods.Reset();
        AttackedCluster attacked = await AttackedCluster.OpenAsync(Cluster);
        string planted = Path.Combine(Path.GetTempPath(), $"planted-{Guid.NewGuid():N}");
        Fence[] fences = [new(attacked.Guard, 1)];
        RogueCall[] calls =
        [
            .. attacked.Calls([], warrants: false),
            .. attacked.Calls(fences, warrants: true),
            .. attacked.OfTheFrame(),
            RogueCall.Of("WriteEvidence", new WriteEvidenceInput("..", [new EvidenceDocument(planted, "x")], [], [])),
        ];

        foreach (RogueCall call in calls)
        {
            ProgramRun run = await CallAsync(call);

            string told = run.Output + run.Errors;
            Assert.True(
                run.ExitCode != 0 && told.Contains("which no workflow started", StringComparison.Ordinal),
                $"{call.Activity}: {told}");
            await worker.SaysAsync($"Refused activity {call.Activity}", Limit);
        }

        await attacked.AssertUntouchedAsync();
        Assert.False(File.Exists(planted));
    }

    private async Task<ProgramRun> CallAsync(RogueCall call)
    {
        string program = Path.Combine(Cluster.Servers.EnvironmentVariables["PATH"].Split(':')[0], "temporal");
        await using ProgramProcess process = ProgramProcess.Start(
            program,
            Cluster.EnvironmentVariables,
            "activity", "execute", "--activity-id", $"attack-{Guid.NewGuid():N}",
            "--type", call.Activity, "--task-queue", ChangeNames.TaskQueue,
            "--schedule-to-close-timeout", "60s", "--input", call.Input.GetRawText(), "--address", Cluster.Servers.TemporalAddress);
        return await process.EndAsync(Limit);
    }
}
