using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Again")]
public sealed class AgainWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int runs)
    {
        await Calls.EchoAsync($"{runs} to go");
        return runs > 0
            ? throw Workflow.CreateContinueAsNewException((AgainWorkflow workflow) => workflow.RunAsync(runs - 1))
            : "done";
    }
}
