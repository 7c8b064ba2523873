using System.Security.Cryptography;
using System.Text;
using Orchestrator.Sandbox.Temporal.Wire;
using Temporalio.Api.Schedule.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>The times of a schedule: the union of its calendars and intervals, less what is excluded, within its bounds.</summary>
internal sealed class ScheduleTimes
{
    // A spec that excludes all it includes would be searched for ever.
    private const int MostExcluded = 1000;

    private readonly List<StructuredCalendarSpec> _calendars;
    private readonly List<StructuredCalendarSpec> _excluded;
    private readonly ScheduleSpec _spec;
    private readonly TimeZoneInfo _zone;
    private readonly string _scheduleId;

    /// <summary>The times of a spec.</summary>
    /// <param name="spec">As the client sent it.</param>
    /// <param name="scheduleId">From which its jitter derives.</param>
    /// <exception cref="Grpc.Core.RpcException">It cannot be read.</exception>
    public ScheduleTimes(ScheduleSpec spec, string scheduleId)
    {
        _scheduleId = scheduleId;
        Canonical = Canonicalize(spec);
        _spec = Canonical;

        // A field that is left out of one stands for nothing, but for the year: clients send all of them.
        _calendars = [.. Canonical.StructuredCalendar];
        _excluded = [.. Canonical.ExcludeStructuredCalendar];
        _zone = Zone(Canonical.TimezoneName);
        if (Canonical.Interval.Any(interval => Length(interval) < TimeSpan.FromSeconds(1)))
        {
            throw RpcErrors.InvalidArgument("Invalid schedule spec: interval is too small");
        }

        if (Canonical.Interval.Any(interval => Phase(interval) >= Length(interval)))
        {
            throw RpcErrors.InvalidArgument("Invalid schedule spec: phase cannot be greater than Interval");
        }
    }

    /// <summary>The spec with all strings read into calendars and intervals.</summary>
    public ScheduleSpec Canonical { get; }

    /// <summary>The first time after an instant.</summary>
    /// <returns>The nominal time and the one with jitter; null where there is none any more.</returns>
    public (DateTimeOffset Nominal, DateTimeOffset Actual)? After(DateTimeOffset after)
    {
        DateTimeOffset? nominal = NominalAfter(after);
        if (nominal is not { } at)
        {
            return null;
        }

        TimeSpan jitter = _spec.Jitter?.ToTimeSpan() ?? TimeSpan.Zero;
        if (jitter > TimeSpan.Zero && NominalAfter(at) is { } following && following - at < jitter)
        {
            jitter = following - at;
        }

        return (at, at + (jitter * Fraction(at)));
    }

    private DateTimeOffset? NominalAfter(DateTimeOffset after)
    {
        DateTimeOffset from = _spec.StartTime?.ToDateTimeOffset() is { } start && start > after ? start.AddSeconds(-1) : after;
        for (int tries = 0; tries < MostExcluded; tries++)
        {
            DateTimeOffset? next = _calendars.Select(calendar => Calendar.After(calendar, _zone, from))
                .Concat(_spec.Interval.Select(interval => (DateTimeOffset?)After(interval, from)))
                .Min();
            if (next is not { } at || at > _spec.EndTime?.ToDateTimeOffset())
            {
                return null;
            }

            if (!_excluded.Exists(calendar => Calendar.Holds(calendar, _zone, at)))
            {
                return at;
            }

            from = at;
        }

        return null;
    }

    // Aligned on the epoch.
    private static DateTimeOffset After(IntervalSpec interval, DateTimeOffset after)
    {
        long length = (long)Length(interval).TotalSeconds;
        long phase = (long)Phase(interval).TotalSeconds;
        long seconds = after.ToUnixTimeSeconds();
        long next = ((long)Math.Floor((seconds - phase) / (double)length) + 1) * length;
        return DateTimeOffset.FromUnixTimeSeconds(next + phase);
    }

    private static TimeSpan Length(IntervalSpec interval) => interval.Interval?.ToTimeSpan() ?? TimeSpan.Zero;

    private static TimeSpan Phase(IntervalSpec interval) => interval.Phase?.ToTimeSpan() ?? TimeSpan.Zero;

    // The same for the same time of the same schedule, so that a look ahead is right.
    private double Fraction(DateTimeOffset nominal)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{nominal:O}-{_scheduleId}"));
        return BitConverter.ToUInt32(hash) / (double)uint.MaxValue;
    }

    private static TimeZoneInfo Zone(string name)
    {
        if (name.Length == 0)
        {
            return TimeZoneInfo.Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? zone)
            ? zone
            : throw RpcErrors.InvalidArgument($"Invalid schedule spec: unknown time zone {name}");
    }

    private static ScheduleSpec Canonicalize(ScheduleSpec spec)
    {
        ScheduleSpec canonical = spec.Clone();
        foreach (string text in spec.CronString)
        {
            CronString.Read(text, canonical);
        }

        canonical.StructuredCalendar.AddRange(spec.Calendar.Select(Structured));
        canonical.ExcludeStructuredCalendar.AddRange(spec.ExcludeCalendar.Select(Structured));
        canonical.CronString.Clear();
        canonical.Calendar.Clear();
        canonical.ExcludeCalendar.Clear();
        return canonical;
    }

    private static StructuredCalendarSpec Structured(CalendarSpec calendar) => new()
    {
        Second = { CalendarField.Parse(calendar.Second, "second", 0, 59, "0") },
        Minute = { CalendarField.Parse(calendar.Minute, "minute", 0, 59, "0") },
        Hour = { CalendarField.Parse(calendar.Hour, "hour", 0, 23, "0") },
        DayOfMonth = { CalendarField.Parse(calendar.DayOfMonth, "day of month", 1, 31, "*") },
        Month = { CalendarField.Parse(calendar.Month, "month", 1, 12, "*") },
        Year = { calendar.Year.Length is 0 || calendar.Year == "*" ? [] : CalendarField.Parse(calendar.Year, "year", 2000, 2100, "*") },
        DayOfWeek = { CalendarField.Parse(calendar.DayOfWeek, "day of week", 0, 6, "*") },
        Comment = calendar.Comment,
    };
}
