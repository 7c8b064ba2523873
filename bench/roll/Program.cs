using System.Globalization;
using System.Text.Json;
using Orchestrator.Bench.Roll;
using Orchestrator.Lab.Cluster;
using Orchestrator.Lab.Servers.Programs;
using Temporalio.Client;

// Both sides restart the same three brokers of the same cluster, in turn; the first round warms up and does not count.
const int Brokers = 3;
int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
using CancellationTokenSource stop = new(TimeSpan.FromMinutes(60));

await using LabCluster cluster = await LabCluster.StartAsync(new() { Progress = line => Console.WriteLine(line) }, stop.Token);
await cluster.CreateTopicAsync("orders", 6, 3, 2);
await using ProgramProcess worker = ProgramProcess.StartWorker(cluster.EnvironmentVariables);
using BareLoop bare = new(cluster);
SupervisedRoll supervised = new(cluster, await TemporalClient.ConnectAsync(new(cluster.Servers.TemporalAddress)));

List<double> bareSeconds = [];
List<RollFigures> rolls = [];
for (int round = 0; round <= rounds; round++)
{
    IReadOnlyList<double> seconds = await bare.RunAsync(Brokers, stop.Token);
    RollFigures figures = await supervised.RunAsync(stop.Token);
    Console.WriteLine($"round {round}: bare {seconds.Average():0.0} s a pod; roll {figures.SecondsPerPod:0.0} s a pod, "
        + $"{figures.SecondsInAll:0.0} s in all, {figures.HistoryEvents} + {figures.WatchEvents} history events");
    if (round > 0)
    {
        bareSeconds.Add(seconds.Average());
        rolls.Add(figures);
    }
}

Row("bare loop, s a pod", [.. bareSeconds]);
Row("roll, s a pod", [.. rolls.Select(roll => roll.SecondsPerPod)]);
Row("roll, s in all", [.. rolls.Select(roll => roll.SecondsInAll)]);
Row("roll, events of the run", [.. rolls.Select(roll => (double)roll.HistoryEvents)]);
Row("roll, events of the watch", [.. rolls.Select(roll => (double)roll.WatchEvents)]);
Console.WriteLine(JsonSerializer.Serialize(new
{
    timePerBrokerRatio = Math.Round(Median([.. rolls.Select(roll => roll.SecondsPerPod)]) / Median([.. bareSeconds]), 2),
    eventsPerBroker = Math.Round(Median([.. rolls.Select(roll => (double)roll.WatchEvents / Brokers)]), 1),
    eventsOfTheRun = Median([.. rolls.Select(roll => (double)roll.HistoryEvents)]),
}));

static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

static void Row(string what, double[] values) =>
    Console.WriteLine($"{what,-24} min {values.Min(),7:0.0}  median {Median(values),7:0.0}  max {values.Max(),7:0.0}");
