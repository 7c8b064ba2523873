using Temporalio.Client;
using Temporalio.Worker;

namespace Temporalio.Bench;

/// <summary>A worker in a process of its own, as large as the peer's in <c>bench.js</c>; it ends with its input.</summary>
internal static class BenchWorker
{
    public static async Task RunAsync(string address, string taskQueue)
    {
        TemporalClient client = await TemporalClient.ConnectAsync(new(address));
        TemporalWorkerOptions options = new TemporalWorkerOptions(taskQueue)
        {
            MaxCachedWorkflows = 2000,
            MaxConcurrentActivities = 100,
            MaxConcurrentWorkflowTasks = 100,
            MaxConcurrentActivityTaskPolls = 5,
            MaxConcurrentWorkflowTaskPolls = 5,
        }.AddActivity(BenchActivities.Echo).AddWorkflow<OneActivityWorkflow>().AddWorkflow<WaitingWorkflow>();
        using TemporalWorker worker = new(client, options);
        Console.WriteLine("ready");

        // The console's asynchronous methods block.
        await worker.ExecuteAsync(() => Task.Run(Console.In.ReadToEnd));
    }
}
