using Cronos;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>When the next run of a cron workflow begins: five fields or <c>@every 1h30m</c>, in UTC.</summary>
internal static class CronTime
{
    private const string Every = "@every ";

    /// <summary>Whether it can be read.</summary>
    public static bool IsValid(string schedule) => Parse(schedule, out _, out _);

    /// <summary>The wait until the next run.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="started">When the run before began.</param>
    /// <param name="now">Now.</param>
    /// <returns>Null where there is none.</returns>
    public static TimeSpan? Next(string schedule, DateTimeOffset started, DateTimeOffset now)
    {
        if (!Parse(schedule, out CronExpression? cron, out TimeSpan every))
        {
            return null;
        }

        if (cron is not null)
        {
            return cron.GetNextOccurrence(now, TimeZoneInfo.Utc) - now;
        }

        TimeSpan since = now - started;
        return every - TimeSpan.FromTicks(since.Ticks % every.Ticks);
    }

    private static bool Parse(string schedule, out CronExpression? cron, out TimeSpan every)
    {
        cron = null;
        every = TimeSpan.Zero;
        return schedule.StartsWith(Every, StringComparison.Ordinal)
            ? GoDuration.TryParse(schedule[Every.Length..], out every) && every >= TimeSpan.FromSeconds(1)
            : CronExpression.TryParse(schedule, CronFormat.Standard, out cron);
    }
}
