using Temporalio.Workflows;

namespace Temporalio.Bench;

/// <summary>The smallest workflow that does something.</summary>
[Workflow("OneActivity")]
public sealed class OneActivityWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string text) => Workflow.ExecuteActivityAsync(() => BenchActivities.Echo(text), BenchActivities.Options);
}
