using Temporalio.Activities;
using Temporalio.Workflows;

namespace Orchestrator.Bench.Server;

/// <summary>The shape that most procedures are made of: an activity, a wait, another activity.</summary>
[Workflow("Steps")]
public sealed class StepsWorkflow
{
    private static readonly ActivityOptions Options = new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) };

    /// <summary>Does both steps.</summary>
    [WorkflowRun]
    public async Task<string> RunAsync(string name)
    {
        string first = await Workflow.ExecuteActivityAsync(() => Steps.Step($"{name}/1"), Options);
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(1));
        return await Workflow.ExecuteActivityAsync(() => Steps.Step(first), Options);
    }
}

/// <summary>The shape that asks nothing of anybody.</summary>
[Workflow("Nothing")]
public sealed class NothingWorkflow
{
    /// <summary>Ends at once.</summary>
    [WorkflowRun]
    public Task RunAsync() => Task.CompletedTask;
}

/// <summary>The activity of the shapes.</summary>
public static class Steps
{
    /// <summary>Returns what it is given.</summary>
    [Activity]
    public static string Step(string name) => name;
}
