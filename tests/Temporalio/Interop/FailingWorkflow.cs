using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Failing")]
public sealed class FailingWorkflow
{
    [WorkflowRun]
    public async Task RunAsync()
    {
        try
        {
            await Workflow.ExecuteActivityAsync("refuse", ["first"], Calls.Options);
        }
        catch (ActivityFailureException e) when (e.InnerException is ApplicationFailureException cause)
        {
            await Calls.EchoAsync($"{cause.ErrorType}: {cause.Message}");
        }

        try
        {
            await Workflow.ExecuteActivityAsync("stumble", [], Calls.Options);
        }
        catch (ActivityFailureException e)
        {
            throw new ApplicationFailureException($"gave up: {e.InnerException?.Message}", "Blocked", nonRetryable: true);
        }
    }
}
