using System.Text.Json.Nodes;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Procedures.RestartKafkaBroker;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Common;
using Temporalio.Worker;

namespace Orchestrator.Workflows.Tests.Histories;

/// <summary>A history is a contract: what an earlier version wrote, this one replays.</summary>
public sealed class RecordedHistoryTests
{
    /// <summary>The recorded histories: <c>workflow.scenario.version.json</c>.</summary>
    public static TheoryData<string> Recorded =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Recorded"), "*.json")
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task RecordedHistory_ReplayedByThisVersion_GivesTheSameCommands(string file)
    {
        string json = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Recorded", file));
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions()
            .AddWorkflow<RollKafkaClusterWorkflow>().AddWorkflow<SuperviseCrRollWorkflow>()
            .AddWorkflow<ApproveChangeWorkflow>().AddWorkflow<ClusterGuardWorkflow>().AddWorkflow<RestartKafkaBrokerWorkflow>());

        await replayer.ReplayWorkflowAsync(WorkflowHistory.FromJson(WorkflowId(json), json));
    }

    // Ids of children derive from it.
    private static string WorkflowId(string json) =>
        (string)JsonNode.Parse(json)!["events"]![0]!["workflowExecutionStartedEventAttributes"]!["workflowId"]!;
}
