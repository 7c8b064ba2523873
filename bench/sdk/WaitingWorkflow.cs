using Temporalio.Workflows;

namespace Temporalio.Bench;

/// <summary>Does one thing, and then stays in the worker's memory until it is told to end.</summary>
[Workflow("Waiting")]
public sealed class WaitingWorkflow
{
    private bool _isDone;

    [WorkflowRun]
    public async Task RunAsync(string text)
    {
        await Workflow.ExecuteActivityAsync(() => BenchActivities.Echo(text), BenchActivities.Options);
        await Workflow.WaitConditionAsync(() => _isDone);
    }

    [WorkflowSignal("end")]
    public Task EndAsync()
    {
        _isDone = true;
        return Task.CompletedTask;
    }
}
