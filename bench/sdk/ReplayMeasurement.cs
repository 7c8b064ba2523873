using System.Diagnostics;
using Temporalio.Common;

namespace Temporalio.Bench;

/// <summary>Lets a process replay one history several times, and reads what it used for that.</summary>
internal sealed class ReplayMeasurement(string folder, int size)
{
    // So many that small histories are not lost in the noise.
    private const int EventsEachRound = 100_000;

    private readonly string _file = Path.Combine(folder, $"{size}.json");
    private int _events;

    public int Size => size;

    public async Task PrepareAsync()
    {
        WorkflowHistory history = SyntheticHistory.Of(size);
        _events = history.Events.Count;
        await File.WriteAllTextAsync(_file, history.ToJson());
    }

    /// <returns>Events for each CPU second.</returns>
    public async Task<double> RunAsync(Peer peer)
    {
        int times = Math.Max(1, EventsEachRound / _events);
        using Process replay = peer.Start("replay", _file, $"{times}");
        string output = await replay.StandardOutput.ReadToEndAsync();
        await replay.WaitForExitAsync();
        return replay.ExitCode == 0
            ? (double)_events * times / double.Parse(output.Trim().Split('\n')[^1])
            : throw new InvalidOperationException($"The replay of {peer.Name} ended with {replay.ExitCode}: {output}");
    }
}
