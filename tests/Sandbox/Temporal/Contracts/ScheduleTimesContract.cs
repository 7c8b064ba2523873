using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using Orchestrator.Lab.Servers;
using Temporalio.Api.Schedule.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace Orchestrator.Sandbox.Tests.Temporal.Contracts;

/// <summary>The times of schedules: calendars, intervals, bounds, time zones over the change of their clocks, jitter.</summary>
public abstract class ScheduleTimesContract(Func<Task<ITemporalClient>> connect) : ServerContract(connect)
{
    // What it is about, a spec, from and until when it is asked, and the times (UTC) that it has then.
    private static readonly (string What, ScheduleSpec Spec, string From, string To, string Times)[] Specs =
    [
        ("an hour that the spring leaves out", Daily("Europe/Zurich", "2", "30"), "2026-03-27", "2026-03-31",
            "2026-03-27T01:30 2026-03-28T01:30 2026-03-30T00:30"),
        ("an hour that the autumn has twice", Daily("Europe/Zurich", "2", "30"), "2026-10-23", "2026-10-27",
            "2026-10-23T00:30 2026-10-24T00:30 2026-10-25T01:30 2026-10-26T01:30"),
        ("the same in the west", Daily("America/New_York", "1", "30"), "2026-10-31", "2026-11-03",
            "2026-10-31T05:30 2026-11-01T05:30 2026-11-01T06:30 2026-11-02T06:30"),
        ("midnight that the spring leaves out", Daily("America/Santiago", "0", "0"), "2026-09-04", "2026-09-08",
            "2026-09-04T04:00 2026-09-05T04:00 2026-09-07T03:00"),
        ("each half hour over a change", Daily("America/New_York", "0-3", "0,30"), "2026-11-01T03:00:00Z", "2026-11-01T08:00:00Z",
            "2026-11-01T04:00 2026-11-01T04:30 2026-11-01T05:00 2026-11-01T05:30 2026-11-01T06:00 2026-11-01T06:30 "
            + "2026-11-01T07:00 2026-11-01T07:30 2026-11-01T08:00"),
        ("the last days of months", Cron("0 12 31 * *"), "2026-01-01", "2026-07-01",
            "2026-01-31T12:00 2026-03-31T12:00 2026-05-31T12:00"),
        ("a leap day", Cron("0 12 29 2 *"), "2026-01-01", "2033-01-01",
            "2028-02-29T12:00 2032-02-29T12:00"),
        ("working days", Cron("15 6 * * MON-FRI"), "2026-05-01", "2026-05-07",
            "2026-05-01T06:15 2026-05-04T06:15 2026-05-05T06:15 2026-05-06T06:15"),
        ("a cron with its own zone", Cron("CRON_TZ=Asia/Kolkata 0 6 * * *"), "2026-05-01", "2026-05-03",
            "2026-05-01T00:30 2026-05-02T00:30"),
        ("a cron shorthand", Cron("@weekly"), "2026-05-01", "2026-05-20",
            "2026-05-03T00:00 2026-05-10T00:00 2026-05-17T00:00"),
        ("an interval with a phase", Every(6, 45), "2026-01-01", "2026-01-02",
            "2026-01-01T00:45 2026-01-01T06:45 2026-01-01T12:45 2026-01-01T18:45"),
        ("two intervals that meet, after the first", Joined(Every(6, 0), Every(4, 0)), "2026-01-01", "2026-01-02",
            "2026-01-01T04:00 2026-01-01T06:00 2026-01-01T08:00 2026-01-01T12:00 2026-01-01T16:00 2026-01-01T18:00 "
            + "2026-01-01T20:00 2026-01-02T00:00"),
        ("days that are left out", WithoutWeekend(Daily("UTC", "5", "0")), "2026-05-01", "2026-05-06",
            "2026-05-01T05:00 2026-05-04T05:00 2026-05-05T05:00"),
        ("days that are left out, of no month", Without(Daily("UTC", "5", "0"), new() { Hour = { Any(0, 23) }, DayOfWeek = { Any(0, 6) } }),
            "2026-05-01", "2026-05-03", "2026-05-01T05:00 2026-05-02T05:00"),
        ("a calendar with an hour alone", new() { StructuredCalendar = { new StructuredCalendarSpec { Hour = { Any(5, 5) } } } },
            "2026-05-01", "2026-05-03", ""),
        ("bounds", Within(Every(1, 0), "2026-01-01T02:00:00Z", "2026-01-01T05:00:00Z"), "2026-01-01", "2026-01-02",
            "2026-01-01T02:00 2026-01-01T03:00 2026-01-01T04:00 2026-01-01T05:00"),
    ];

    protected async Task SpecsHaveTheTimesThatTheirZoneGivesThemAsync()
    {
        ITemporalClient client = await ConnectAsync();
        List<string> wrong = [];
        foreach ((string what, ScheduleSpec spec, string from, string to, string expected) in Specs)
        {
            IReadOnlyList<DateTimeOffset> times = await TimesAsync(client, spec, from, to);
            string seen = string.Join(' ', times.Select(time => $"{time:yyyy-MM-ddTHH:mm}"));
            if (seen != expected)
            {
                wrong.Add($"{what}: {seen}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    protected async Task JitterKeepsTheOrderAndStaysTheSameAsync()
    {
        ITemporalClient client = await ConnectAsync();
        ScheduleSpec spec = Every(1, 0);
        spec.Jitter = Duration.FromTimeSpan(TimeSpan.FromHours(5));
        string id = await CreateAsync(client, spec);
        IReadOnlyList<DateTimeOffset> times = await TimesAsync(client, id, "2026-01-01", "2026-01-02");
        List<int> hours = [.. times.Select(time => (int)(time - Parse("2026-01-01")).TotalHours)];
        Assert.Equal(Enumerable.Range(1, hours.Count), hours);
        Assert.InRange(hours.Count, 22, 24);
        Assert.Contains(times, time => time.Minute > 0);
        Assert.Equal(times, await TimesAsync(client, id, "2026-01-01", "2026-01-02"));
    }

    private static ScheduleSpec Daily(string zone, string hour, string minute) =>
        new() { TimezoneName = zone, Calendar = { new CalendarSpec { Hour = hour, Minute = minute } } };

    private static ScheduleSpec Cron(string text) => new() { CronString = { text } };

    private static ScheduleSpec Every(int hours, int phaseMinutes) => new()
    {
        Interval =
        {
            new IntervalSpec
            {
                Interval = Duration.FromTimeSpan(TimeSpan.FromHours(hours)),
                Phase = Duration.FromTimeSpan(TimeSpan.FromMinutes(phaseMinutes)),
            },
        },
    };

    private static ScheduleSpec Joined(ScheduleSpec one, ScheduleSpec other)
    {
        one.Interval.AddRange(other.Interval);
        return one;
    }

    private static ScheduleSpec WithoutWeekend(ScheduleSpec spec) => Without(spec, new()
    {
        Second = { Any(0, 0) },
        Minute = { Any(0, 0) },
        Hour = { Any(0, 23) },
        DayOfMonth = { Any(1, 31) },
        Month = { Any(1, 12) },
        DayOfWeek = { Any(0, 0), Any(6, 6) },
    });

    private static ScheduleSpec Without(ScheduleSpec spec, StructuredCalendarSpec days)
    {
        spec.ExcludeStructuredCalendar.Add(days);
        return spec;
    }

    private static Temporalio.Api.Schedule.V1.Range Any(int start, int end) => new() { Start = start, End = end };

    private static ScheduleSpec Within(ScheduleSpec spec, string start, string end)
    {
        spec.StartTime = Timestamp.FromDateTimeOffset(Parse(start));
        spec.EndTime = Timestamp.FromDateTimeOffset(Parse(end));
        return spec;
    }

    private async Task<IReadOnlyList<DateTimeOffset>> TimesAsync(ITemporalClient client, ScheduleSpec spec, string from, string to) =>
        await TimesAsync(client, await CreateAsync(client, spec), from, to);

    private static async Task<IReadOnlyList<DateTimeOffset>> TimesAsync(ITemporalClient client, string id, string from, string to)
    {
        ListScheduleMatchingTimesResponse found = await client.WorkflowService.ListScheduleMatchingTimesAsync(new()
        {
            Namespace = client.Options.Namespace,
            ScheduleId = id,
            StartTime = Timestamp.FromDateTimeOffset(Parse(from)),
            EndTime = Timestamp.FromDateTimeOffset(Parse(to)),
        });
        return [.. found.StartTime.Select(time => time.ToDateTimeOffset())];
    }

    private async Task<string> CreateAsync(ITemporalClient client, ScheduleSpec spec)
    {
        string id = $"{Id}-{Guid.NewGuid():N}";
        await client.WorkflowService.CreateScheduleAsync(new()
        {
            Namespace = client.Options.Namespace,
            ScheduleId = id,
            RequestId = id,
            Schedule = new()
            {
                Spec = spec,
                State = new() { Paused = true },
                Action = new()
                {
                    StartWorkflow = new() { WorkflowId = id, WorkflowType = new() { Name = "Nothing" }, TaskQueue = new() { Name = Id } },
                },
            },
        });
        return id;
    }

    private static DateTimeOffset Parse(string time) =>
        DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}

/// <summary>Times of schedules of the server in the box.</summary>
public sealed class BoxScheduleTimesTests(BoxServer server) : ScheduleTimesContract(server.ConnectAsync), IClassFixture<BoxServer>
{
    [Fact]
    public Task Specs_HaveTheTimes_ThatTheirZoneGivesThem() => SpecsHaveTheTimesThatTheirZoneGivesThemAsync();

    [Fact]
    public Task Jitter_KeepsTheOrder_AndStaysTheSame() => JitterKeepsTheOrderAndStaysTheSameAsync();
}

/// <summary>Times of schedules of a real server.</summary>
[Trait("Category", "Lab")]
[Collection(RealServerCollection.Name)]
public sealed class RealScheduleTimesTests(RealServer server) : ScheduleTimesContract(server.ConnectAsync)
{
    [LabFact]
    public Task Specs_HaveTheTimes_ThatTheirZoneGivesThem() => SpecsHaveTheTimesThatTheirZoneGivesThemAsync();

    [LabFact]
    public Task Jitter_KeepsTheOrder_AndStaysTheSame() => JitterKeepsTheOrderAndStaysTheSameAsync();
}
