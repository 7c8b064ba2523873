using Temporalio.Client;

namespace Temporalio.Bench;

/// <summary>Lets a worker process run many workflows of one activity, and reads what it used for them.</summary>
/// <param name="client">The client that starts the workflows; it runs in this process, whichever SDK the worker is of.</param>
/// <param name="address">The server's address.</param>
internal sealed class WorkflowMeasurement(TemporalClient client, string address)
{
    private const int WarmUp = 1000;
    private const int Measured = 500;
    private const int AtOnce = 100;

    /// <returns>Workflows for each CPU second of the worker.</returns>
    public async Task<double> RunAsync(Peer peer)
    {
        await using WorkerRun worker = await WorkerRun.StartAsync(peer, address);
        await RunWorkflowsAsync(worker.TaskQueue, WarmUp);
        double before = worker.CpuSeconds;
        await RunWorkflowsAsync(worker.TaskQueue, Measured);
        return Measured / (worker.CpuSeconds - before);
    }

    private Task RunWorkflowsAsync(string taskQueue, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (i, _) => await client.ExecuteWorkflowAsync<string>("OneActivity", ["x"], new($"{taskQueue}-{count}-{i}", taskQueue)));
}
