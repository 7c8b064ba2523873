using Temporalio.Workflows;

namespace Temporalio.Tests.Interop;

[Workflow("Parallel")]
public sealed class ParallelWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(int count)
    {
        using CancellationTokenSource scope = new();
        Task timer = Workflow.DelayAsync(TimeSpan.FromHours(1), scope.Token);
        string[] texts = await Workflow.WhenAllAsync(Enumerable.Range(0, count).Select(i => Calls.EchoAsync($"p{i}")));
#pragma warning disable CA1849 // CancelAsync leaves the workflow's scheduler.
        scope.Cancel();
#pragma warning restore CA1849
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => timer);
        return string.Join(' ', texts);
    }
}
