using System.Globalization;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>Writes times as kubectl does: <c>45s</c>, <c>3m12s</c>, <c>5h</c>, <c>12d</c>.</summary>
internal static class Ages
{
    /// <summary>The time since an instant; <c>&lt;unknown&gt;</c> where there is none.</summary>
    public static string Since(string? instant, DateTimeOffset now) =>
        instant is null || !DateTimeOffset.TryParse(instant, CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? "<unknown>"
            : Text(now - time);

    /// <summary>A length of time with two units at most, fewer the longer it is.</summary>
    public static string Text(TimeSpan time)
    {
        long seconds = (long)time.TotalSeconds;
        long minutes = seconds / 60;
        long hours = minutes / 60;
        long days = hours / 24;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 60 * 2 => $"{seconds}s",
            < 60 * 10 => With($"{minutes}m", seconds % 60, "s"),
            < 60 * 60 * 3 => $"{minutes}m",
            < 60 * 60 * 8 => With($"{hours}h", minutes % 60, "m"),
            < 60 * 60 * 48 => $"{hours}h",
            < 60 * 60 * 24 * 8 => With($"{days}d", hours % 24, "h"),
            < 60 * 60 * 24 * 365 * 2 => $"{days}d",
            < 60L * 60 * 24 * 365 * 8 => With($"{days / 365}y", days % 365, "d"),
            _ => $"{days / 365}y",
        };
    }

    private static string With(string first, long second, string unit) => second == 0 ? first : $"{first}{second}{unit}";
}
