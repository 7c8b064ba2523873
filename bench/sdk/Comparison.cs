using System.Text.Json;
using Orchestrator.Lab.Servers;
using Temporalio.Client;

namespace Temporalio.Bench;

/// <summary>
/// Measures both SDKs in turn, on the same server and machine. CPU time of the worker's process is the figure, not the wall clock: on a
/// machine where server, client and worker share the cores that would measure the neighbours.
/// </summary>
internal static class Comparison
{
    private static readonly int[] Sizes = [100, 1_000, 10_000, 50_000];

    private static readonly Peer[] Peers = [Peer.Ours, Peer.TypeScript];

    public static async Task<int> RunAsync(int rounds, string? part)
    {
        await Peer.FetchAsync();
        Console.WriteLine(
            $"{rounds} rounds, in turn. Median (lowest – highest). Each SDK in a process of its own, with 100 + 100 slots, 5 + 5 pollers,");
        Console.WriteLine("2,000 cached workflows, eager activities and gzip as by default. Not measured: start, warm-up, bundling, reading JSON.");
        Dictionary<string, double> ratios = [];
        if (part is null or "worker")
        {
            (double workflows, double memory) = await CompareOnServerAsync(rounds);
            ratios["workflowsPerCpuSecondRatio"] = Math.Round(workflows, 2);
            ratios["memoryRatio"] = Math.Round(memory, 2);
        }

        if (part is null or "replay")
        {
            ratios["replayEventsPerCpuSecondRatio"] = Math.Round(await CompareReplaysAsync(rounds), 2);
        }

        Console.WriteLine();
        Console.WriteLine("Ratios are sdk/Temporalio to the official TypeScript SDK: more workflows and events, and less memory, are better.");
        Console.WriteLine("The ratio of replays is the geometric mean over the sizes, that of memory the worse of the two.");
        Console.WriteLine(JsonSerializer.Serialize(ratios));
        return 0;
    }

    private static async Task<(double PerCpuSecond, double Memory)> CompareOnServerAsync(int rounds)
    {
        await using LabServers lab = await LabServers.StartAsync(
            new Dictionary<string, string>
            {
                ["TEMPORAL_ARGS"] = "--dynamic-config-value frontend.rps=100000 --dynamic-config-value frontend.namespaceRPS=100000",
            },
            "temporal");
        TemporalClient client = await TemporalClient.ConnectAsync(new(lab.TemporalAddress));
        WorkflowMeasurement workflows = new(client, lab.TemporalAddress);
        MemoryMeasurement memory = new(client, lab.TemporalAddress);
        Dictionary<Peer, Series> speed = EmptySeries(), idle = EmptySeries(), cached = EmptySeries();
        for (int round = 0; round < rounds; round++)
        {
            foreach (Peer peer in Peers)
            {
                double perCpuSecond = await workflows.RunAsync(peer);
                (double idleMiB, double cachedMiB) = await memory.RunAsync(peer);
                speed[peer].Add(perCpuSecond);
                idle[peer].Add(idleMiB);
                cached[peer].Add(cachedMiB);
                Progress($"round {round + 1}, {peer.Name}: {perCpuSecond:0} workflows, {idleMiB:0} MiB idle, {cachedMiB:0} MiB cached");
            }
        }

        Print("Workflows of one activity, per CPU second of the worker", speed);
        Print("Resident memory of an idle worker, MiB", idle);
        Print("Resident memory of a worker with 1,000 cached runs, MiB", cached);
        return (Ratio(speed), Math.Max(Ratio(idle), Ratio(cached)));
    }

    private static async Task<double> CompareReplaysAsync(int rounds)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("temporalio-bench-");
        try
        {
            double product = 1;
            foreach (int size in Sizes)
            {
                product *= await CompareReplaysAsync(new(folder.FullName, size), rounds);
            }

            return Math.Pow(product, 1.0 / Sizes.Length);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<double> CompareReplaysAsync(ReplayMeasurement measurement, int rounds)
    {
        await measurement.PrepareAsync();
        Dictionary<Peer, Series> speed = EmptySeries();
        for (int round = 0; round < rounds; round++)
        {
            foreach (Peer peer in Peers)
            {
                double perCpuSecond = await measurement.RunAsync(peer);
                speed[peer].Add(perCpuSecond);
                Progress($"round {round + 1}, {peer.Name}: {perCpuSecond:0} events of {measurement.Size}");
            }
        }

        Print($"Replayed events per CPU second, histories of {measurement.Size:#,0} events", speed);
        return Ratio(speed);
    }

    // Standard output is the table.
    private static void Progress(string line) => Console.Error.WriteLine(line);

    private static Dictionary<Peer, Series> EmptySeries() => Peers.ToDictionary(peer => peer, _ => new Series());

    private static double Ratio(Dictionary<Peer, Series> series) => series[Peer.Ours].Median / series[Peer.TypeScript].Median;

    private static void Print(string title, Dictionary<Peer, Series> series)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        foreach ((Peer peer, Series values) in series)
        {
            Console.WriteLine($"  {peer.Name,-26}{values}");
        }

        Console.WriteLine($"  {"ratio",-26}{Ratio(series),10:0.00}");
    }
}
