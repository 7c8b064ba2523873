using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Lab.Cluster.Logs;

/// <summary>
/// What one run of a container wrote: a part of the file that all runs of a pod name append to. Lines begin with Kafka's own time
/// (<c>[2026-01-31 12:00:00,000]</c>, UTC); a line without one belongs to the line before.
/// </summary>
internal sealed partial class LogWindow(string path, long start, long? end)
{
    /// <summary>
    /// Reads the lines from the position on, and says where the next read begins. A line that is not finished yet is left.
    /// </summary>
    public (IReadOnlyList<LogLine> Lines, long Next) Read(long? from)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long first = from ?? start;
        byte[] bytes = new byte[Math.Max(0, (end ?? file.Length) - first)];
        file.Position = first;
        file.ReadExactly(bytes);
        int complete = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        List<LogLine> lines = [];
        DateTimeOffset? time = null;
        foreach (string text in Encoding.UTF8.GetString(bytes, 0, complete).Split('\n')[..^1])
        {
            time = TimeOf(text) ?? time;
            lines.Add(new(time, text));
        }

        return (lines, first + complete);
    }

    private static DateTimeOffset? TimeOf(string line) =>
        Time().Match(line) is { Success: true } match
            ? DateTimeOffset.ParseExact(
                match.Groups[1].Value, "yyyy-MM-dd HH:mm:ss,fff", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
            : null;

    [GeneratedRegex(@"^\[(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3})\]")]
    private static partial Regex Time();
}
