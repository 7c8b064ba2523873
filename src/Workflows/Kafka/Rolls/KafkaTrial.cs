using Orchestrator.Workflows.ChangeControl;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Proves at the end of a run that the cluster takes and gives records.</summary>
internal static class KafkaTrial
{
    /// <summary>Takes the step, and keeps what was seen in the evidence.</summary>
    public static Task WriteAndReadAsync(ChangeRun run, string name) => run.StepAsync(
        KafkaActs.CanaryStep,
        async () =>
        {
            run.Say("Writes canary records and reads them back.");
            KafkaCanaryResult seen = await run.ActAsync(
                (audit, options) =>
                {
                    RunKafkaCanaryInput input = new(run.Target, name, run.Fences)
                    {
                        Audit = audit,
                        Warrant = run.Warrant(KafkaActs.CanaryStep),
                    };
                    return Workflow.ExecuteActivityAsync((IKafkaCanaryActivities a) => a.RunCanaryAsync(input), options);
                },
                ActivityCalls.Read);
            run.Attach("after/canary.json", seen);
            string notTidied = seen.NotTidied is null ? "" : $" {seen.NotTidied}";
            return $"{seen.Records.Count} records were written to topic {seen.Topic} and read back.{notTidied}";
        },
        kind: StepKind.Uninterrupted);
}
