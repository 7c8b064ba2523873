using System.Diagnostics;
using System.Text.Json;
using Temporalio.Client;
using Temporalio.Worker;

namespace Orchestrator.Bench.Server;

/// <summary>Measures both servers in turn, with the same worker in this process.</summary>
internal static class Comparison
{
    private const string Queue = "bench";
    private const int AtOnce = 50;
    private const int WarmUp = 200;

    /// <summary>Prints a line for each round, medians, and as the last line one JSON object.</summary>
    /// <param name="rounds">How often each server is measured.</param>
    /// <param name="runs">How many workflows it runs each time.</param>
    public static async Task<int> RunAsync(int rounds, int runs)
    {
        // The client's own first call is slow, and neither server's.
        await using (await MeasuredServer.StartBoxAsync())
        {
        }

        List<Figures> box = [];
        List<Figures> temporal = [];
        for (int round = 1; round <= rounds; round++)
        {
            box.Add(await MeasureAsync(MeasuredServer.StartBoxAsync, runs));
            Print($"round {round}, box", box[^1]);
            temporal.Add(await MeasureAsync(MeasuredServer.StartTemporalAsync, runs));
            Print($"round {round}, temporal", temporal[^1]);
        }

        Print("median, box", Median(box));
        Print("median, temporal", Median(temporal));
        Figures ours = Median(box), theirs = Median(temporal);
        double ceiling = Environment.ProcessorCount * 1000 / ours.WorkerCpuMs;
        Console.WriteLine($"ceiling by the worker's CPU alone, on {Environment.ProcessorCount} cores: {ceiling:0} workflows/s");
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            readyRatio = Math.Round(ours.ReadySeconds / theirs.ReadySeconds, 2),
            workflowsPerSecondRatio = Math.Round(ours.PerSecond / theirs.PerSecond, 2),
            memoryRatio = Math.Round(ours.MemoryMiB / theirs.MemoryMiB, 2),
            serverCpuRatio = Math.Round(ours.ServerCpuMs / theirs.ServerCpuMs, 2),
        }));
        return 0;
    }

    private static async Task<Figures> MeasureAsync(Func<Task<MeasuredServer>> start, int runs)
    {
        await using MeasuredServer server = await start();
        TemporalClient client = await TemporalClient.ConnectAsync(new(server.Address));
        using TemporalWorker worker = new(client, new TemporalWorkerOptions(Queue)
        {
            MaxConcurrentWorkflowTasks = AtOnce * 2,
            MaxConcurrentActivities = AtOnce * 2,
        }.AddWorkflow<StepsWorkflow>().AddWorkflow<NothingWorkflow>().AddActivity(Steps.Step));
        return await worker.ExecuteAsync(async () =>
        {
            await StartAllAsync(client, "warm-up", WarmUp);
            TimeSpan serverBefore = server.Cpu, workerBefore = Own();
            long begun = Stopwatch.GetTimestamp();
            await StartAllAsync(client, "run", runs);
            double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
            return new Figures(
                server.ReadySeconds,
                runs / seconds,
                (server.Cpu - serverBefore).TotalMilliseconds / runs,
                (Own() - workerBefore).TotalMilliseconds / runs,
                server.MemoryMiB);
        });
    }

    // Every other one does nothing; so many are open at once.
    private static Task StartAllAsync(TemporalClient client, string name, int runs) => Parallel.ForEachAsync(
        Enumerable.Range(0, runs),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (number, _) =>
        {
            WorkflowOptions options = new($"{name}-{number}", Queue);
            if (number % 2 == 0)
            {
                await client.ExecuteWorkflowAsync((StepsWorkflow flow) => flow.RunAsync(name), options);
            }
            else
            {
                await client.ExecuteWorkflowAsync((NothingWorkflow flow) => flow.RunAsync(), options);
            }
        });

    private static TimeSpan Own()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static Figures Median(List<Figures> all)
    {
        double Of(Func<Figures, double> figure) => all.Select(figure).Order().ElementAt(all.Count / 2);
        return new(
            Of(one => one.ReadySeconds), Of(one => one.PerSecond), Of(one => one.ServerCpuMs), Of(one => one.WorkerCpuMs),
            Of(one => one.MemoryMiB));
    }

    private static void Print(string what, Figures figures) => Console.WriteLine(
        $"{what,-18} ready {figures.ReadySeconds,6:0.00} s  {figures.PerSecond,6:0} workflows/s  "
        + $"CPU a workflow: server {figures.ServerCpuMs,5:0.00} ms, worker {figures.WorkerCpuMs,5:0.00} ms  "
        + $"memory {figures.MemoryMiB,5:0} MiB");

    private sealed record Figures(double ReadySeconds, double PerSecond, double ServerCpuMs, double WorkerCpuMs, double MemoryMiB);
}
