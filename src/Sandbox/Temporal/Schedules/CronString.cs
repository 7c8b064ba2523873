using Google.Protobuf.WellKnownTypes;
using Orchestrator.Sandbox.Temporal.Runs;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Schedule.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>
/// Cron as schedules take it: five fields, six with a year, seven with seconds; <c>@hourly</c> and its like; <c>@every 1h/5m</c>; a
/// time zone before it as <c>CRON_TZ=</c>; a comment after <c>#</c>.
/// </summary>
internal static class CronString
{
    private static readonly Dictionary<string, string> Shorthands = new(StringComparer.Ordinal)
    {
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
        ["@monthly"] = "0 0 1 * *",
        ["@weekly"] = "0 0 * * 0",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@hourly"] = "0 * * * *",
    };

    /// <summary>Adds what one says to a spec.</summary>
    /// <exception cref="Grpc.Core.RpcException">It cannot be read.</exception>
    public static void Read(string text, ScheduleSpec spec)
    {
        string comment = text.Contains('#', StringComparison.Ordinal) ? text[(text.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim()
            : "";
        string cron = text.Split('#')[0].Trim();
        foreach (string prefix in new[] { "CRON_TZ=", "TZ=" })
        {
            if (cron.StartsWith(prefix, StringComparison.Ordinal))
            {
                int end = cron.IndexOf(' ', StringComparison.Ordinal);
                spec.TimezoneName = cron[prefix.Length..end];
                cron = cron[end..].Trim();
            }
        }

        if (cron.StartsWith("@every ", StringComparison.Ordinal))
        {
            spec.Interval.Add(Every(cron["@every ".Length..].Trim()));
            return;
        }

        string fields = Shorthands.GetValueOrDefault(cron, cron);
        string[] parts = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        (string second, string[] five, string year) = parts.Length switch
        {
            5 => ("0", parts, ""),
            6 => ("0", parts[..5], parts[5]),
            7 => (parts[0], parts[1..6], parts[6]),
            _ => throw RpcErrors.InvalidArgument($"Invalid schedule spec: CronString does not have 5-7 fields: {text}"),
        };
        spec.StructuredCalendar.Add(new StructuredCalendarSpec
        {
            Second = { CalendarField.Parse(second, "second", 0, 59, "0") },
            Minute = { CalendarField.Parse(five[0], "minute", 0, 59, "0") },
            Hour = { CalendarField.Parse(five[1], "hour", 0, 23, "0") },
            DayOfMonth = { CalendarField.Parse(five[2], "day of month", 1, 31, "*") },
            Month = { CalendarField.Parse(five[3], "month", 1, 12, "*") },
            DayOfWeek = { CalendarField.Parse(five[4], "day of week", 0, 6, "*") },
            Year = { year.Length is 0 || year == "*" ? [] : CalendarField.Parse(year, "year", 2000, 2100, "*") },
            Comment = comment,
        });
    }

    private static IntervalSpec Every(string text)
    {
        string[] parts = text.Split('/');
        if (!GoDuration.TryParse(parts[0], out TimeSpan length) || (parts.Length > 1 && !GoDuration.TryParse(parts[1], out _)))
        {
            throw RpcErrors.InvalidArgument($"Invalid schedule spec: '@every {text}' is not a duration");
        }

        TimeSpan phase = TimeSpan.Zero;
        _ = parts.Length > 1 && GoDuration.TryParse(parts[1], out phase);
        return new IntervalSpec { Interval = Duration.FromTimeSpan(length), Phase = Duration.FromTimeSpan(phase) };
    }
}
