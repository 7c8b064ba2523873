using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Confluent;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>What procedures that restart pods read of a cluster.</summary>
internal static class RunReadings
{
    /// <summary>
    /// The resources and their pods, and Kafka as its nodes tell it; null where there is no <c>Kafka</c> resource. Where it is read for an
    /// act, it is read as often as counts as steady.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="name">Name of the <c>Kafka</c> resource.</param>
    /// <param name="steady">How often, and how far apart; null reads once.</param>
    public static async Task<(ConfluentClusterSnapshot Cluster, KafkaSnapshot? Kafka)> ReadAsync(ChangeRun run, string name,
        RollLimits? steady = null)
    {
        ReadConfluentClusterInput read = new(run.Target, name)
        {
            WithKafka = true,
            Samples = steady?.SteadySamples ?? 1,
            Every = steady?.SteadyEvery ?? TimeSpan.Zero,
        };
        ConfluentClusterSnapshot cluster = await run.ReadAsync(
            options => Workflow.ExecuteActivityAsync((IConfluentActivities a) => a.ReadClusterAsync(read), options),
            read.Every * (read.Samples - 1));
        return (cluster with { KafkaState = null }, cluster.Kafka is null ? null : cluster.KafkaState);
    }
}
