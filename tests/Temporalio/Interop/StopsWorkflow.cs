using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Stops")]
public sealed class StopsWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        using CancellationTokenSource scope = new();
        Task held = Workflow.ExecuteActivityAsync("hold", [], new()
        {
            StartToCloseTimeout = TimeSpan.FromSeconds(30),
            HeartbeatTimeout = TimeSpan.FromSeconds(1),
            CancellationType = ActivityCancellationType.WaitCancellationCompleted,
            CancellationToken = scope.Token,
        });
        await Workflow.DelayAsync(300);
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await held;
            return "held on";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return "stopped";
        }
    }
}
