using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("External")]
public sealed class ExternalWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string childId, string sleeperId)
    {
        List<string> done = [];
        await Workflow.GetExternalWorkflowHandle<ChildWorkflow>(childId).SignalAsync(workflow => workflow.TellAsync("from outside"));
        done.Add("signalled");
        try
        {
            await Workflow.GetExternalWorkflowHandle<ChildWorkflow>("nobody").SignalAsync(workflow => workflow.TellAsync("nothing"));
        }
        catch (ApplicationFailureException)
        {
            done.Add("nobody to signal");
        }

        await Workflow.GetExternalWorkflowHandle(sleeperId).CancelAsync();
        done.Add("cancelled");
        try
        {
            await Workflow.GetExternalWorkflowHandle("nobody").CancelAsync();
        }
        catch (ApplicationFailureException)
        {
            done.Add("nobody to cancel");
        }

        return string.Join(", ", done);
    }
}
