using System.Diagnostics;
using Temporalio.Common;

namespace Temporalio.Bench;

/// <summary>Lets a process replay one history several times, and reads what it used for that.</summary>
internal sealed class ReplayMeasurement(string folder, int size)
{
    // So many that small histories are not lost in the noise: seconds of the peer, and of this SDK ten times as many.
    private const int EventsEachRound = 20_000;
    private const int FasterFactor = 10;

    // Of CPU time, on histories of 100 events: both sides compile while they run.
    private const string WarmUpSeconds = "5";
    private const int WarmUpSize = 100;

    private readonly string _file = Path.Combine(folder, $"{size}.json");
    private readonly string _warmUp = Path.Combine(folder, "warm-up.json");
    private int _events;

    public int Size => size;

    public async Task PrepareAsync()
    {
        WorkflowHistory history = SyntheticHistory.Of(size);
        _events = history.Events.Count;
        await File.WriteAllTextAsync(_file, history.ToJson());
        await File.WriteAllTextAsync(_warmUp, SyntheticHistory.Of(WarmUpSize).ToJson());
    }

    /// <returns>Events for each CPU second.</returns>
    public async Task<double> RunAsync(Peer peer)
    {
        int wanted = peer == Peer.Ours ? EventsEachRound * FasterFactor : EventsEachRound;
        int times = Math.Max(1, wanted / _events);
        using Process replay = peer.Start("replay", _warmUp, WarmUpSeconds, _file, $"{times}");
        string output = await replay.StandardOutput.ReadToEndAsync();
        await replay.WaitForExitAsync();
        return replay.ExitCode == 0
            ? (double)_events * times / double.Parse(output.Trim().Split('\n')[^1])
            : throw new InvalidOperationException($"The replay of {peer.Name} ended with {replay.ExitCode}: {output}");
    }
}
