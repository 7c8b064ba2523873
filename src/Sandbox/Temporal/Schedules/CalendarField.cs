using System.Globalization;
using Orchestrator.Sandbox.Temporal.Wire;

namespace Orchestrator.Sandbox.Temporal.Schedules;

/// <summary>The values of one field of a calendar, such as its hours.</summary>
internal static class CalendarField
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Whether a value is in any of the ranges. An end before the start means the start alone; a step of 0 means 1.</summary>
    public static bool Holds(IEnumerable<Temporalio.Api.Schedule.V1.Range> ranges, int value) => ranges.Any(range =>
        value >= range.Start && value <= Math.Max(range.Start, range.End) && (value - range.Start) % Math.Max(1, range.Step) == 0);

    /// <summary>Reads a field of a cron or calendar string, such as <c>1-5/2,10</c> or <c>mon-fri</c>.</summary>
    /// <param name="text">The field; empty for <paramref name="ifEmpty"/>.</param>
    /// <param name="name">Its name, for the message.</param>
    /// <param name="least">The least value.</param>
    /// <param name="most">The greatest value.</param>
    /// <param name="ifEmpty">What an empty field means.</param>
    /// <exception cref="Grpc.Core.RpcException">It cannot be read.</exception>
    public static IEnumerable<Temporalio.Api.Schedule.V1.Range> Parse(string text, string name, int least, int most, string ifEmpty)
    {
        string field = text.Length == 0 ? ifEmpty : text;
        foreach (string part in field.Split(','))
        {
            string[] stepped = part.Split('/');
            int step = stepped is [_, var by] ? Number(by, name, 1, most) : 1;
            if (stepped[0] is "*" or "?")
            {
                yield return new() { Start = least, End = most, Step = step };
                continue;
            }

            string[] ends = stepped[0].Split('-');
            int start = Number(ends[0], name, least, most);
            int end = ends.Length > 1 ? Number(ends[1], name, least, most) : stepped.Length > 1 ? most : start;
            yield return new() { Start = start, End = end, Step = step };
        }
    }

    private static int Number(string text, string name, int least, int most)
    {
        string prefix = text.Length >= 3 ? text[..3].ToLowerInvariant() : "";
        int month = name == "month" ? Array.IndexOf(Months, prefix) : -1;
        int day = name == "day of week" ? Array.IndexOf(Days, prefix) : -1;
        int value = month >= 0 ? month + 1
            : day >= 0 ? day
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw RpcErrors.InvalidArgument($"Invalid schedule spec: {name}: '{text}' is not a number");

        // 7 is Sunday as well.
        value = name == "day of week" && value == 7 ? 0 : value;
        return value >= least && value <= most
            ? value
            : throw RpcErrors.InvalidArgument($"Invalid schedule spec: {Title(name)} is not in range [{least}-{most}]");
    }

    // "day of month" is the server's DayOfMonth.
    private static string Title(string name) =>
        string.Concat(name.Split(' ').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
