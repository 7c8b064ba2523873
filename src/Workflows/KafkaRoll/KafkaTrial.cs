using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>Proves at the end of a run that the cluster takes and gives records.</summary>
internal static class KafkaTrial
{
    /// <summary>The line of the plan: the trial makes a topic of its own where it is missing.</summary>
    public static PlanItem Item(int seq) => new(
        seq,
        RollNames.CanaryStep,
        PlanAction.Run,
        new PlanObject("kafka", "topics", null, RollNames.CanaryTopic),
        [
            new FieldChange(
                "records",
                null,
                "one in each partition, read and deleted again",
                "shows that the cluster takes and gives records; the topic is made where it is missing"),
        ],
        UndoKind.None);

    /// <summary>Takes the step, and keeps what was seen in the evidence.</summary>
    public static Task WriteAndReadAsync(ChangeRun run, string name) => run.StepAsync(
        RollNames.CanaryStep,
        async () =>
        {
            run.Say("Writes canary records and reads them back.");
            KafkaCanaryResult seen = await run.ActAsync(
                (audit, options) =>
                {
                    RunKafkaCanaryInput input = new(run.Target, name) { Fences = run.Fences, Audit = audit };
                    return Workflow.ExecuteActivityAsync((IKafkaCanaryActivities a) => a.RunCanaryAsync(input), options);
                },
                ActivityCalls.Read);
            run.Attach("after/canary.json", seen);
            string notTidied = seen.NotTidied is null ? "" : $" {seen.NotTidied}";
            return $"{seen.Records.Count} records were written to topic {seen.Topic} and read back.{notTidied}";
        },
        kind: StepKind.Uninterrupted);
}
