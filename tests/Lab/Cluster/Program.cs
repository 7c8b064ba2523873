using System.Runtime.InteropServices;
using Orchestrator.Lab.Cluster;

if (CommandLine.Parse(args, Environment.GetEnvironmentVariable) is not { } options)
{
    await Console.Error.WriteLineAsync(CommandLine.Usage);
    return 2;
}

using CancellationTokenSource stop = new();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
try
{
    await using LabCluster cluster = await LabCluster.StartAsync(
        options with { Progress = line => Console.Error.WriteLine(line) }, stop.Token);
    await cluster.CreateTopicAsync("orders", partitions: 6, replicationFactor: 3, minInSyncReplicas: 2);
    await cluster.CreateTopicAsync("payments", partitions: 3, replicationFactor: 3, minInSyncReplicas: 2);
    foreach ((string name, string value) in cluster.EnvironmentVariables)
    {
        Console.WriteLine($"export {name}={value}");
    }

    Console.WriteLine($"# Temporal Web UI: http://127.0.0.1:{cluster.Servers.Port + 1}");
    Console.WriteLine($"# logs: {cluster.Servers.DataFolder}/log; Ctrl-C stops everything and removes it");
    await cluster.RunUntilAsync(stop.Token);
    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    return 0;
}
catch (InvalidOperationException e)
{
    await Console.Error.WriteLineAsync($"orchestrator-lab: {e.Message}");
    return 1;
}
