using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Steps")]
public sealed class StepsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        List<string> done = [];
        for (int step = 1; step <= 3; step++)
        {
            done.Add(await Calls.EchoAsync($"{name}-{step}"));
            await Workflow.DelayAsync(10);
        }

        return string.Join(' ', done);
    }
}
