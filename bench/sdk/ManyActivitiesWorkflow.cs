using Temporalio.Workflows;

namespace Temporalio.Bench;

/// <summary>Activities one after the other: each makes six events of a history.</summary>
[Workflow("ManyActivities")]
public sealed class ManyActivitiesWorkflow
{
    [WorkflowRun]
    public async Task RunAsync(int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Workflow.ExecuteActivityAsync(() => BenchActivities.Echo("x"), BenchActivities.Options);
        }
    }
}
