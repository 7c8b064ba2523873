using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Orchestrator.Lab.Cluster.Logs;

/// <summary>Which part of a log is wanted, as the API server passes it on to a kubelet.</summary>
internal sealed record LogQuery(bool Follow, bool Previous, bool Timestamps, int? TailLines, long? LimitBytes, DateTimeOffset? Since)
{
    public static LogQuery Read(IQueryCollection query, DateTimeOffset now) => new(
        query["follow"] == "true",
        query["previous"] == "true",
        query["timestamps"] == "true",
        int.TryParse(query["tailLines"], CultureInfo.InvariantCulture, out int lines) ? lines : null,
        long.TryParse(query["limitBytes"], CultureInfo.InvariantCulture, out long bytes) ? bytes : null,
        SinceOf(query, now));

    /// <summary>The text of the wanted ones of these lines, within the limit of bytes.</summary>
    public byte[] Select(IReadOnlyList<LogLine> lines, bool isFirst)
    {
        IEnumerable<LogLine> wanted = lines.Where(line => Since is null || line.Time is null || line.Time >= Since);
        if (isFirst && TailLines is { } count)
        {
            wanted = wanted.TakeLast(count);
        }

        byte[] text = Encoding.UTF8.GetBytes(string.Concat(wanted.Select(Render)));
        return LimitBytes is { } limit && text.LongLength > limit ? text[..(int)limit] : text;
    }

    private static DateTimeOffset? SinceOf(IQueryCollection query, DateTimeOffset now) =>
        long.TryParse(query["sinceSeconds"], CultureInfo.InvariantCulture, out long seconds) ? now.AddSeconds(-seconds)
        : DateTimeOffset.TryParse(query["sinceTime"], CultureInfo.InvariantCulture, out DateTimeOffset time) ? time
        : null;

    private string Render(LogLine line) =>
        Timestamps && line.Time is { } time
            ? $"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)} {line.Text}\n"
            : $"{line.Text}\n";
}
