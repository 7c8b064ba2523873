using System.Diagnostics;
using Temporalio.Client;

namespace Temporalio.Bench;

/// <summary>Lets a worker process run many workflows of one activity, and reads what it used for them.</summary>
/// <param name="client">The client that starts the workflows; it runs in this process, whichever SDK the worker is of.</param>
/// <param name="address">The server's address.</param>
internal sealed class WorkflowMeasurement(TemporalClient client, string address)
{
    private const int WarmUp = 500;
    private const int Measured = 2000;
    private const int AtOnce = 100;

    /// <returns>Workflows for each CPU second of the worker, and its peak memory in MiB.</returns>
    public async Task<(double PerCpuSecond, double PeakMiB)> RunAsync(Peer peer)
    {
        string taskQueue = $"bench-{Guid.NewGuid():N}";
        using Process worker = peer.Start("worker", address, taskQueue);
        string? line = await worker.StandardOutput.ReadLineAsync();
        if (line != "ready")
        {
            throw new InvalidOperationException($"The worker of {peer.Name} did not start: {line}");
        }

        await RunWorkflowsAsync(taskQueue, WarmUp);
        double before = ProcessUsage.CpuSeconds(worker);
        await RunWorkflowsAsync(taskQueue, Measured);
        double used = ProcessUsage.CpuSeconds(worker) - before;
        double peak = ProcessUsage.PeakMiB(worker);
        worker.StandardInput.Close();
        await worker.WaitForExitAsync();
        return (Measured / used, peak);
    }

    private Task RunWorkflowsAsync(string taskQueue, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (i, _) => await client.ExecuteWorkflowAsync<string>("OneActivity", ["x"], new($"{taskQueue}-{count}-{i}", taskQueue)));
}
