using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

/// <summary>An activity cancelled in each of the ways, before it is sent and after; and timers with summaries.</summary>
[Workflow("CancelTypes")]
public sealed class CancelTypesWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        List<string> done = [];
        foreach (ActivityCancellationType type in Enum.GetValues<ActivityCancellationType>())
        {
            using CancellationTokenSource scope = new();
            Task held = Workflow.ExecuteActivityAsync("hold", [], new()
            {
                StartToCloseTimeout = TimeSpan.FromSeconds(30),
                HeartbeatTimeout = TimeSpan.FromSeconds(1),
                CancellationType = type,
                CancellationToken = scope.Token,
                Summary = $"held until cancelled: {type}",
            });
            await Workflow.DelayWithOptionsAsync(new(TimeSpan.FromMilliseconds(100)) { Summary = "let it start" });
            done.Add(await EndAsync(scope, held));
        }

        using CancellationTokenSource atOnce = new();
        Task never = Calls.EchoAsync("never sent", atOnce.Token);
        done.Add(await EndAsync(atOnce, never));
        return string.Join(' ', done);
    }

    private static async Task<string> EndAsync(CancellationTokenSource scope, Task task)
    {
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        try
        {
            await task;
            return "ended";
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            return "cancelled";
        }
    }
}
