using Temporalio.Api.Schedule.V1;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>Instants that match a calendar in a time zone. A wall time that a clock change leaves out does not match.</summary>
internal static class Calendar
{
    // Years 2000 to 2100, as the server has it.
    private const int LastYear = 2100;

    /// <summary>The first whole second after an instant that matches; null where none does.</summary>
    public static DateTimeOffset? After(StructuredCalendarSpec calendar, TimeZoneInfo zone, DateTimeOffset after)
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
                if (CalendarField.Holds(calendar.Second, at.Second) && Instant(at, zone) is { } instant && instant > after)
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

    /// <summary>A calendar with what is missing filled in: seconds, minutes and hours 0, everything else any.</summary>
    public static StructuredCalendarSpec Filled(StructuredCalendarSpec calendar)
    {
        StructuredCalendarSpec filled = calendar.Clone();
        Fill(filled.Second, 0, 0);
        Fill(filled.Minute, 0, 0);
        Fill(filled.Hour, 0, 0);
        Fill(filled.DayOfMonth, 1, 31);
        Fill(filled.Month, 1, 12);
        Fill(filled.DayOfWeek, 0, 6);
        return filled;

        static void Fill(ICollection<Temporalio.Api.Schedule.V1.Range> field, int start, int end)
        {
            if (field.Count == 0)
            {
                field.Add(new() { Start = start, End = end, Step = 1 });
            }
        }
    }

    private static bool IsDay(StructuredCalendarSpec calendar, DateTime day) =>
        CalendarField.Holds(calendar.Month, day.Month) && CalendarField.Holds(calendar.DayOfMonth, day.Day)
        && CalendarField.Holds(calendar.DayOfWeek, (int)day.DayOfWeek)
            && (calendar.Year.Count == 0 || CalendarField.Holds(calendar.Year, day.Year));

    private static DateTimeOffset? Instant(DateTime local, TimeZoneInfo zone) =>
        zone.IsInvalidTime(local) ? null
            : new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local))
            .ToUniversalTime();
}
