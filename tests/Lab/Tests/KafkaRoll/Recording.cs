using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Temporalio.Common;

namespace Orchestrator.Lab.Tests.KafkaRoll;

/// <summary>Keeps histories for the replay tests, when <c>tests/Histories/record</c> asks for it.</summary>
internal static class Recording
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("ORCHESTRATOR_RECORD_HISTORIES");
    private static readonly string Version = Environment.GetEnvironmentVariable("ORCHESTRATOR_RECORD_VERSION") ?? "unversioned";

    /// <summary>Writes <c>workflow.scenario.version.json</c>, if recording is on.</summary>
    public static async Task KeepAsync(WorkflowHistory history, string workflowType, string scenario)
    {
        if (Folder is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, $"{workflowType}.{scenario}.{Version}.json"), history.ToJson());
        }
    }

    /// <summary>Writes the histories of a run and of its supervisions, if recording is on.</summary>
    public static async Task KeepRunAsync(RollBench bench, string run, string scenario)
    {
        ChangeStatus status = await bench.StatusAsync(run);
        await KeepAsync(await bench.Client.GetWorkflowHandle(run).FetchHistoryAsync(), status.Procedure, scenario);
        foreach (ChildRun child in status.Children.Where(child => child.WorkflowType == RollNames.SuperviseCrRoll))
        {
            string part = child.WorkflowId[$"{run}/supervise/".Length..].Replace('/', '-');
            await KeepAsync(await bench.Client.GetWorkflowHandle(child.WorkflowId).FetchHistoryAsync(), child.WorkflowType,
                $"{scenario}-{part}");
        }
    }
}
