using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.Kafka;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>Gives brokers that were restarted back the partitions that they should lead.</summary>
internal static class PreferredLeaders
{
    /// <summary>The line of the plan.</summary>
    /// <param name="seq">Its place.</param>
    /// <param name="namespace">Namespace of the <c>Kafka</c> resource.</param>
    /// <param name="name">Its name.</param>
    public static PlanItem Item(int seq, string? @namespace, string name) => new(
        seq,
        RollNames.ElectStep,
        PlanAction.Run,
        new PlanObject("kafka", "partitions", @namespace, name),
        [new FieldChange("leader", null, "the preferred replica, where it is in sync", "brokers that were restarted lead again what they should")],
        UndoKind.None);

    /// <summary>Takes the step. Skewed leaders cost speed and no data, so an election that fails is told and fails nothing.</summary>
    public static Task ElectAsync(ChangeRun run, string name) => run.StepAsync(RollNames.ElectStep, async () =>
    {
        try
        {
            ElectPreferredLeadersResult elected = await run.ActAsync((audit, options) =>
            {
                ElectPreferredLeadersInput input = new(run.Target, name) { Fences = run.Fences, Audit = audit };
                return Workflow.ExecuteActivityAsync((IKafkaLeaderActivities a) => a.ElectAsync(input), options);
            });
            return $"{elected.Moved} partitions got their preferred leader back.";
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e) && FailureText.Of(e).Code != ReasonCodes.Fenced)
        {
            return $"The leaders stay as they are: {FailureText.Of(e).Sentence}";
        }
    });
}
