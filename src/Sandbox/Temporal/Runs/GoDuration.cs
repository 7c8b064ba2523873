using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>A length of time as Go writes it, such as <c>1h30m</c> or <c>1.5s</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Reads one; false where it is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.Length == 0 || !Whole().IsMatch(text))
        {
            return false;
        }

        foreach (Match part in Part().Matches(text))
        {
            double number = double.Parse(part.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
            duration += part.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                "ms" => TimeSpan.FromMilliseconds(number),
                _ => TimeSpan.FromMicroseconds(number),
            };
        }

        return true;
    }

    [GeneratedRegex(@"^(\d+(\.\d+)?(h|ms|m|s|us|µs))+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"(\d+(?:\.\d+)?)(h|ms|m|s|us|µs)")]
    private static partial Regex Part();
}
