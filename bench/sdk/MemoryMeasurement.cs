using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Temporalio.Bench;

/// <summary>Reads what a worker process holds in memory before any work, and when all its runs wait for a signal.</summary>
/// <param name="client">The client that starts the workflows.</param>
/// <param name="address">The server's address.</param>
internal sealed class MemoryMeasurement(TemporalClient client, string address)
{
    private const int Runs = 1000;
    private const int AtOnce = 50;

    // The eleventh event completes the task after the activity: the run waits.
    private const int WaitingHistoryLength = 10;

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <returns>MiB idle, and with the runs in memory.</returns>
    public async Task<(double Idle, double Cached)> RunAsync(Peer peer)
    {
        await using WorkerRun worker = await WorkerRun.StartAsync(peer, address);
        await Task.Delay(Settling);
        double idle = worker.ResidentMiB;
        List<WorkflowHandle> handles = [];
        await Parallel.ForEachAsync(Enumerable.Range(0, Runs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            WorkflowHandle handle = await client.StartWorkflowAsync("Waiting", ["x"], new($"{worker.TaskQueue}-{i}", worker.TaskQueue));
            lock (handles)
            {
                handles.Add(handle);
            }
        });
        foreach (WorkflowHandle handle in handles)
        {
            await WaitUntilWaitingAsync(handle);
        }

        await Task.Delay(Settling);
        double cached = worker.ResidentMiB;
        await Parallel.ForEachAsync(handles, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (handle, _) => await handle.TerminateAsync());
        return (idle, cached);
    }

    private static async Task WaitUntilWaitingAsync(WorkflowHandle handle)
    {
        while (true)
        {
            WorkflowExecutionDescription description = await handle.DescribeAsync();
            if (description.Status != WorkflowExecutionStatus.Running)
            {
                throw new InvalidOperationException($"Workflow {handle.Id} is {description.Status}; it should wait.");
            }

            if (description.HistoryLength >= WaitingHistoryLength)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }
}
