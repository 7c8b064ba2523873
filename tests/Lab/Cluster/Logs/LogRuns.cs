using System.Globalization;

namespace Orchestrator.Lab.Cluster.Logs;

/// <summary>Where each run of a pod's container begins in the log file of the pod's name; kept in a file, a line for each run.</summary>
internal sealed class LogRuns(string file, string logFile)
{
    /// <summary>A run of this pod begins now.</summary>
    public void Begin(string podUid)
    {
        long offset = File.Exists(logFile) ? new FileInfo(logFile).Length : 0;
        File.AppendAllText(file, $"{podUid} {offset.ToString(CultureInfo.InvariantCulture)}\n");
    }

    /// <summary>The current run of this pod, or the one before; null where there was none.</summary>
    public LogWindow? Find(string podUid, bool previous)
    {
        if (!File.Exists(file) || !File.Exists(logFile))
        {
            return null;
        }

        string[][] runs = [.. File.ReadAllLines(file).Select(line => line.Split(' '))];
        int last = Array.FindLastIndex(runs, run => run[0] == podUid) - (previous ? 1 : 0);
        return last >= 0 && runs[last][0] == podUid
            ? new(logFile, Offset(runs[last]), last + 1 < runs.Length ? Offset(runs[last + 1]) : null)
            : null;
    }

    private static long Offset(string[] run) => long.Parse(run[1], CultureInfo.InvariantCulture);
}
