using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Parent")]
public sealed class ParentWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        string id = Workflow.Info.WorkflowId;
        ChildWorkflowHandle<ChildWorkflow, string> child = await Workflow.StartChildWorkflowAsync(
            (ChildWorkflow workflow) => workflow.RunAsync(), new() { Id = $"{id}/child" });
        using CancellationTokenSource scope = new();
        Task sleeper = Workflow.ExecuteChildWorkflowAsync(
            (SleeperWorkflow workflow) => workflow.RunAsync(), new() { Id = $"{id}/sleeper", CancellationToken = scope.Token });
        await Workflow.GetExternalWorkflowHandle<ChildWorkflow>($"{id}/child").SignalAsync(workflow => workflow.TellAsync("by the parent"));
        string result = await child.GetResultAsync();
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await sleeper;
            return "the sleeper slept on";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return $"{result}, sleeper cancelled";
        }
    }
}
