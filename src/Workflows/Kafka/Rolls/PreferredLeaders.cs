using Orchestrator.Workflows.ChangeControl;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>Gives brokers that were restarted back the partitions that they should lead.</summary>
internal static class PreferredLeaders
{
    /// <summary>Takes the step. Skewed leaders cost speed and no data, so an election that fails is reported but fails nothing.</summary>
    public static Task ElectAsync(ChangeRun run, string name) => run.StepAsync(RollNames.ElectStep, async () =>
    {
        try
        {
            ElectPreferredLeadersResult elected = await run.ActAsync((audit, options) =>
            {
                ElectPreferredLeadersInput elect = new(run.Target, name, run.Fences)
                {
                    Audit = audit,
                    Warrant = run.Warrant(RollNames.ElectStep),
                };
                return Workflow.ExecuteActivityAsync((IKafkaLeaderActivities a) => a.ElectAsync(elect), options);
            });
            return $"{elected.Moved} partitions got their preferred leader back.";
        }
        catch (ActivityFailureException e) when (!TemporalException.IsCanceledException(e) && FailureText.Of(e).Code != ReasonCodes.Fenced)
        {
            return $"The partition leaders stay as they are: {FailureText.Of(e).Sentence}";
        }
    });
}
