using Temporalio.Workflows;

namespace Temporalio.Tests.Recovery;

/// <summary>Does steps one after the other, with a short wait between them, as a procedure does.</summary>
[Workflow]
public sealed class StepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(StepsInput input)
    {
        List<string> done = [];
        ActivityOptions options = new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(20),
            HeartbeatTimeout = input.SilentFor,
            RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(100) },
        };
        for (int step = 1; step <= input.Steps; step++)
        {
            done.Add(await Workflow.ExecuteActivityAsync((StepActivities activities) => activities.DoAsync(input.Name, step), options));
            await Workflow.DelayAsync(TimeSpan.FromMilliseconds(20));
        }

        return string.Join(' ', done);
    }
}
