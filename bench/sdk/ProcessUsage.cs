using System.Diagnostics;

namespace Temporalio.Bench;

/// <summary>What the kernel counts of a running process.</summary>
internal static class ProcessUsage
{
    public static double CpuSeconds(Process process)
    {
        process.Refresh();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>The resident size, in MiB.</summary>
    public static double ResidentMiB(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
    }
}
