using System.Diagnostics;
using Temporalio.Common;
using Temporalio.Worker;

namespace Temporalio.Bench;

/// <summary>Replays a history again and again in a process of its own, and prints the CPU seconds that it took.</summary>
internal static class ReplayLoop
{
    public static async Task RunAsync(string warmUpFile, double warmUpSeconds, string file, int times)
    {
        WorkflowReplayer replayer = new(new WorkflowReplayerOptions().AddWorkflow<ManyActivitiesWorkflow>());
        WorkflowHistory warmUp = await ReadAsync(warmUpFile);
        TimeSpan begin = Used();
        while ((Used() - begin).TotalSeconds < warmUpSeconds)
        {
            await ReplayAsync(replayer, warmUp, 10);
        }

        WorkflowHistory history = await ReadAsync(file);
        TimeSpan before = Used();
        await ReplayAsync(replayer, history, times);
        Console.WriteLine($"{(Used() - before).TotalSeconds}");
    }

    private static async Task<WorkflowHistory> ReadAsync(string file) => WorkflowHistory.FromJson("bench", await File.ReadAllTextAsync(file));

    private static async Task ReplayAsync(WorkflowReplayer replayer, WorkflowHistory history, int times) =>
        await replayer.ReplayWorkflowsAsync(Enumerable.Repeat(history, times), throwOnReplayFailure: true);

    private static TimeSpan Used()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }
}
