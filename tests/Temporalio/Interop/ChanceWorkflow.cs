using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>What differs from run to run must not differ from replay to replay.</summary>
[Workflow("Chance")]
public sealed class ChanceWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        DateTime start = Workflow.UtcNow;
        int steps = Workflow.Random.Next(1, 100) > 0 ? 2 : 0;
        for (int step = 0; step < steps; step++)
        {
            await Workflow.DelayAsync(5);
        }

        // The engine compares the ids of children.
        ChildWorkflowHandle<ChildWorkflow, string> child = await Workflow.StartChildWorkflowAsync(
            (ChildWorkflow workflow) => workflow.RunAsync(), new() { Id = $"{Workflow.Info.WorkflowId}/{Workflow.NewGuid()}" });
        await child.SignalAsync(workflow => workflow.TellAsync("by chance"));
        string told = await child.GetResultAsync();
        return $"{told}, {(Workflow.UtcNow > start ? "later" : "at once")}";
    }
}
