using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;
using Orchestrator.Workflows.Procedures.RollKafkaCluster;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Lab.Tests.Attacks;

/// <summary>Says that it is the roll, and calls our activities as it likes.</summary>
[Workflow(RollKafkaClusterWorkflow.Type)]
public sealed class RogueRollWorkflow
{
    [WorkflowRun]
    public async Task<IReadOnlyList<string>> RunAsync(RogueInput input)
    {
        List<string> answers = [];
        foreach (RogueCall call in input.Calls)
        {
            answers.Add(await CallAsync(call));
        }

        return answers;
    }

    private static async Task<string> CallAsync(RogueCall call)
    {
        try
        {
            await Workflow.ExecuteActivityAsync(
                call.Activity,
                [call.Input],
                new()
                {
                    TaskQueue = ChangeNames.TaskQueue,
                    StartToCloseTimeout = TimeSpan.FromSeconds(30),
                    ScheduleToCloseTimeout = TimeSpan.FromMinutes(1),
                });
            return "done";
        }
        catch (ActivityFailureException e)
        {
            return e.InnerException is ApplicationFailureException failure ? $"{failure.ErrorType}: {failure.Message}" : e.ToString();
        }
    }
}
