using Orchestrator.Activities.Tests.Locks;
using Orchestrator.Lab.Servers;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Client;

namespace Orchestrator.Activities.Tests.Evidence;

/// <summary>The evidence of a run, as a folder that proves itself.</summary>
[Trait("Category", "Lab")]
[Collection(LockLab.Collection)]
public sealed class WriteEvidenceTests(LockLab lab) : BoundedTest
{
    [LabFact]
    public async Task Run_ThatHasEnded_LeavesAFolderThatVerifies()
    {
        ChangeTarget target = await lab.NewTargetAsync(Limit);
        WorkflowHandle run = await lab.StartAsync(target, "CHG-20261121-EEEEEE");
        await LockLab.WaitForAsync(run, ChangeState.Running, Limit);
        await run.SignalAsync("go-on", []);
        ChangeOutcome outcome = await run.GetResultAsync<ChangeOutcome>();

        EvidenceReference evidence = outcome.Status.Evidence!;
        Assert.Equal(Path.Combine(lab.EvidenceFolder, "CHG-20261121-EEEEEE", run.ResultRunId!), evidence.Location);
        Dictionary<string, byte[]> files = Directory.GetFiles(evidence.Location, "*", SearchOption.AllDirectories)
            .ToDictionary(
                path => Path.GetRelativePath(evidence.Location, path).Replace('\\', '/'),
                File.ReadAllBytes,
                StringComparer.Ordinal);
        Assert.Equal(evidence.Files, files.Count);
        Assert.Empty(EvidencePack.Verify(files, evidence.PackHash));
        Assert.Contains("history.json", files.Keys);
        Assert.Contains("audit.jsonl", files.Keys);
        Assert.Contains(
            "CHG-20261121-EEEEEE: Succeeded",
            System.Text.Encoding.UTF8.GetString(files["summary.md"]),
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(lab.EvidenceFolder, ".*"));
    }
}
