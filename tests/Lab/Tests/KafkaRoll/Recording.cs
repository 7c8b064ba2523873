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
}
