using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("CleansUp")]
public sealed class CleansUpWorkflow
{
    [WorkflowRun]
    public async Task RunAsync()
    {
        try
        {
            await Workflow.DelayAsync(TimeSpan.FromHours(1));
        }
        catch (OperationCanceledException)
        {
            await Calls.EchoAsync("cleaned up", CancellationToken.None);
            throw;
        }
    }
}
