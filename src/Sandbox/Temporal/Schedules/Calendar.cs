using Temporalio.Api.Schedule.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>Instants that match a calendar in a time zone. A wall time that a clock change leaves out does not match.</summary>
internal static class Calendar
{
    // Years 2000 to 2100, as the server has it.
    private const int LastYear = 2100;

    /// <summary>The first whole second after an instant that matches; null where none does.</summary>
    public static DateTimeOffset? After(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset after) =>
        new[] { After(calendar, zone, after, isRepeat: false), After(calendar, zone, after, isRepeat: true) }.Min();

    // Of an hour that the clock repeats in autumn, either its first or its second copy.
    private static DateTimeOffset? After(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset after, bool isRepeat)
    {
        DateTime local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        DateTime at = new(local.Year, local.Month, local.Day, local.Hour, local.Minute, local.Second, DateTimeKind.Unspecified);

        // From a second before: the hour that a clock repeats in autumn lies before `at` on the wall, and after it in time.
        at = at.AddHours(-1);
        while (at.Year <= LastYear)
        {
            if (!IsDay(calendar, at))
            {
                at = at.Date.AddDays(1);
            }
            else if (!CalendarField.Holds(calendar.Hour, at.Hour))
            {
                at = at.Date.AddHours(at.Hour + 1);
            }
            else if (!CalendarField.Holds(calendar.Minute, at.Minute))
            {
                at = at.Date.AddHours(at.Hour).AddMinutes(at.Minute + 1);
            }
            else
            {
                if (CalendarField.Holds(calendar.Second, at.Second) && Instant(at, zone, isRepeat) is { } instant && instant > after)
                {
                    return instant;
                }

                at = at.AddSeconds(1);
            }
        }

        return null;
    }

    /// <summary>Whether an instant matches.</summary>
    public static bool Holds(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset instant)
    {
        DateTime local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        return IsDay(calendar, local) && CalendarField.Holds(calendar.Hour, local.Hour)
            && CalendarField.Holds(calendar.Minute, local.Minute)
            && CalendarField.Holds(calendar.Second, local.Second);
    }

    private static bool IsDay(StructuredCalendarSpec calendar, DateTime day) =>
        CalendarField.Holds(calendar.Month, day.Month) && CalendarField.Holds(calendar.DayOfMonth, day.Day)
        && CalendarField.Holds(calendar.DayOfWeek, (int)day.DayOfWeek)
            && (calendar.Year.Count == 0 || CalendarField.Holds(calendar.Year, day.Year));

    // As the server, which takes the offset that holds when the clock of UTC shows the local time: east of Greenwich the first copy of an
    // hour is passed over, and only to the west of it is every time of the hour met twice.
    private static DateTimeOffset? Instant(DateTime local, TimeZoneInfo zone, bool isRepeat)
    {
        if (zone.IsInvalidTime(local))
        {
            return null;
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
        }

        TimeSpan[] offsets = zone.GetAmbiguousTimeOffsets(local);
        bool meetsFirst = zone.GetUtcOffset(new DateTimeOffset(local, TimeSpan.Zero)) == offsets.Max();
        return isRepeat || meetsFirst ? new DateTimeOffset(local, isRepeat ? offsets.Min() : offsets.Max()).ToUniversalTime() : null;
    }
}
