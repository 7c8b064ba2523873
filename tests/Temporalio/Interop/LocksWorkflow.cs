using Temporalio.Workflows;
using Mutex = Temporalio.Workflows.Mutex;
using Semaphore = Temporalio.Workflows.Semaphore;

namespace Temporalio.Tests.Interop;

[Workflow("Locks")]
public sealed class LocksWorkflow
{
    private readonly List<string> _done = [];

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        Mutex mutex = new();
        Semaphore pair = new(2);
        await Workflow.WhenAllAsync(Enumerable.Range(1, 3).Select(i => WithMutexAsync(mutex, $"m{i}")));
        await Workflow.WhenAllAsync(Enumerable.Range(1, 3).Select(i => WithSemaphoreAsync(pair, $"s{i}")));
        bool entered = await pair.WaitAsync(TimeSpan.Zero) && await pair.WaitAsync(TimeSpan.Zero) && await pair.WaitAsync(5);
        return $"{string.Join(' ', _done)} {entered}";
    }

    private async Task WithMutexAsync(Mutex mutex, string name)
    {
        await mutex.WaitOneAsync();
        try
        {
            _done.Add(await Calls.EchoAsync(name));
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    private async Task WithSemaphoreAsync(Semaphore semaphore, string name)
    {
        await semaphore.WaitAsync();
        try
        {
            await Workflow.DelayAsync(5);
            _done.Add(name);
        }
        finally
        {
            semaphore.Release();
        }
    }
}
