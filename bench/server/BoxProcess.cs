using System.Diagnostics;
using System.Globalization;
using Orchestrator.Sandbox.Temporal;

namespace Orchestrator.Bench.Server;

/// <summary>The box in a process of its own.</summary>
internal static class BoxProcess
{
    /// <summary>
    /// Starts a box, prints its address and the seconds that took, and serves until its input ends.
    /// </summary>
    public static async Task<int> ServeAsync()
    {
        long begun = Stopwatch.GetTimestamp();
        await using TemporalBox box = await TemporalBox.StartAsync();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{box.Address} {seconds}"));
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
