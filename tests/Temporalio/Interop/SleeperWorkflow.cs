using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Sleeper")]
public sealed class SleeperWorkflow
{
    [WorkflowRun]
    public Task RunAsync() => Workflow.DelayAsync(TimeSpan.FromHours(1));
}
