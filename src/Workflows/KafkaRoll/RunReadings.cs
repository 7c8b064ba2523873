using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Orchestrator.Workflows.Kafka;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>What procedures that restart pods read of a cluster.</summary>
internal static class RunReadings
{
    /// <summary>The resources and their pods, and Kafka as its nodes tell it; null where there is no <c>Kafka</c> resource.</summary>
    public static async Task<(ConfluentClusterSnapshot Cluster, KafkaSnapshot? Kafka)> ReadAsync(ChangeRun run, string name)
    {
        ConfluentClusterSnapshot cluster = await Workflow.ExecuteActivityAsync(
            (IConfluentActivities a) => a.ReadClusterAsync(new(run.Target, name)), ActivityCalls.Read.Within(run.Token));
        return (cluster, cluster.Kafka is null ? null : await Workflow.ExecuteActivityAsync(
            (IKafkaActivities a) => a.TakeSnapshotAsync(new(run.Target, name)), ActivityCalls.Read.Within(run.Token)));
    }

    /// <summary>Writes canary records, reads them back, and keeps what was seen in the evidence.</summary>
    public static async Task TryCanaryAsync(ChangeRun run, string name) => run.Attach("after/canary.json", await Workflow.ExecuteActivityAsync(
        (IKafkaCanaryActivities a) => a.RunCanaryAsync(new(run.Target, name)), ActivityCalls.Read.Within(run.Token)));
}
