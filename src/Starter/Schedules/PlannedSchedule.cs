using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestrator.Starter.Schedules;

/// <summary>A file of schedules.</summary>
/// <param name="Schedules">The schedules, each with a name of its own.</param>
internal sealed record ScheduleFile(IReadOnlyList<PlannedSchedule> Schedules);

/// <summary>A schedule as data: which procedure runs on what, and when.</summary>
/// <param name="Name">Its name: up to 60 lower-case letters, digits and dashes.</param>
/// <param name="Procedure">The procedure, which must be one that may run on a schedule.</param>
/// <param name="Target">The target: <c>context/namespace</c>, or <c>context</c>.</param>
internal sealed record PlannedSchedule(string Name, string Procedure, string Target)
{
    /// <summary>The time between two runs. Default: null, as <see cref="Cron"/> says.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>By how much the runs of <see cref="Every"/> are later than full multiples of it since 1970. Default: zero.</summary>
    public TimeSpan Offset { get; init; }

    /// <summary>Cron expressions, such as <c>0 3 * * 1</c>. Default: none.</summary>
    public IReadOnlyList<string> Cron { get; init; } = [];

    /// <summary>The time zone of the cron expressions, such as <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Each run begins by up to so much later, so that not all begin at once. Default: zero.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>
    /// What was missed while Temporal was away is made up for where it is no older than this, at least 10 seconds. Default: 10 minutes.
    /// </summary>
    public TimeSpan CatchUp { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What happens where the run before has not ended. Default: this one is skipped.</summary>
    public ScheduleOverlap Overlap { get; init; }

    /// <summary>Why, in 10-500 characters; a procedure that changes something needs it. Default: null.</summary>
    public string? Reason { get; init; }

    /// <summary>The ticket of its changes. Default: null.</summary>
    public string? Ticket { get; init; }

    /// <summary>The procedure's own fields. Default: none, all have their defaults.</summary>
    public JsonObject Input { get; init; } = [];

    /// <summary>When it runs, in words.</summary>
    [JsonIgnore]
    public string When => string.Join(
        " and ",
        ((string[])[.. Every is { } every ? [$"every {Inputs.DurationText.Write(every)}"] : (string[])[], .. Cron.Select(Zoned)]));

    private string Zoned(string cron) => $"'{cron}'{(TimeZone == "UTC" ? "" : $" ({TimeZone})")}";
}

/// <summary>What happens to a run that is due while the one before has not ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleOverlap>))]
internal enum ScheduleOverlap
{
    /// <summary>It is skipped.</summary>
    Skip,

    /// <summary>It begins once the other has ended; no more than one waits.</summary>
    BufferOne,
}

/// <summary>Who made a schedule and who changed it last; it travels with the schedule and with each of its runs.</summary>
/// <param name="Plan">The schedule as it was asked for.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ChangedBy">Who changed it last; null where nobody has.</param>
/// <param name="ChangedAt">When; null where nobody has.</param>
internal sealed record ScheduleRecord(
    PlannedSchedule Plan, string MadeBy, DateTimeOffset MadeAt, string? ChangedBy = null, DateTimeOffset? ChangedAt = null)
{
    /// <summary>The name of the memo that holds it.</summary>
    public const string Memo = "schedule";
}
