using System.Diagnostics;

namespace Orchestrator.Kubernetes.Bench;

/// <summary>A program that has run: how long, with how much memory at its peak, and how much it wrote.</summary>
internal sealed record Measured(TimeSpan Time, long PeakKiB, long OutputBytes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task<Measured> RunAsync(string program, params string[] arguments)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        Task<long> output = CountAsync(process.StandardOutput.BaseStream);
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakKiBOf(process.Id));
            await Task.Delay(Interval);
        }

        TimeSpan time = Stopwatch.GetElapsedTime(start);
        return process.ExitCode == 0
            ? new Measured(time, peak, await output)
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    // The kernel keeps the highest resident size; 0 once the process is gone.
    private static long PeakKiBOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(
                line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        byte[] buffer = new byte[64 * 1024];
        long bytes = 0;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0; bytes += read)
        {
        }

        return bytes;
    }
}
