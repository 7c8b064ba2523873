using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>A child cancelled in each of the ways, and one of each policy for the parent's end.</summary>
[Workflow("ChildTypes")]
public sealed class ChildTypesWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        List<string> done = [];
        foreach (ChildWorkflowCancellationType type in Enum.GetValues<ChildWorkflowCancellationType>())
        {
            using CancellationTokenSource scope = new();
            ChildWorkflowHandle<SleeperWorkflow> child = await Workflow.StartChildWorkflowAsync(
                (SleeperWorkflow workflow) => workflow.RunAsync(),
                new() { Id = $"{Workflow.Info.WorkflowId}/{type}", CancellationType = type, CancellationToken = scope.Token });
            done.Add(await CancelAsync(scope, child));
        }

        ParentClosePolicy[] policies = [ParentClosePolicy.Terminate, ParentClosePolicy.RequestCancel];
        foreach (ParentClosePolicy policy in policies)
        {
            await Workflow.StartChildWorkflowAsync(
                (SleeperWorkflow workflow) => workflow.RunAsync(),
                new() { Id = $"{Workflow.Info.WorkflowId}/{policy}-on-close", ParentClosePolicy = policy });
        }

        return string.Join(' ', done);
    }

    private static async Task<string> CancelAsync(CancellationTokenSource scope, ChildWorkflowHandle child)
    {
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await child.GetResultAsync();
            return "ended";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return "cancelled";
        }
    }
}
