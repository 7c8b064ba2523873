using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.Kafka.Rolls;

/// <summary>The rules of the fields that every procedure has which restarts pods of a Kafka cluster.</summary>
internal static partial class RollFieldRules
{
    private const int MostSamples = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    /// <summary>No wait of a roll may be longer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a call of the run may go without an answer; the default where JSON says that there are no limits, which is refused.
    /// </summary>
    public static TimeSpan StallAfter(RollLimits? limits) => (limits ?? new RollLimits()).StallAfter;

    /// <summary>What is wrong with them: one sentence a fault, naming field, value and rule.</summary>
    /// <param name="name">Name of the <c>Kafka</c> resource.</param>
    /// <param name="acceptUnavailable">Topics that may be unavailable meanwhile.</param>
    /// <param name="limits">How long it may take.</param>
    public static IEnumerable<string> Check(string? name, IReadOnlyList<string>? acceptUnavailable, RollLimits? limits)
    {
        if (!NamePattern().IsMatch(name ?? ""))
        {
            yield return $"Name '{name}' is not a valid resource name: use lower-case letters, digits, '-' and '.', at most 253.";
        }

        // JSON may say null, which is not the default.
        if (acceptUnavailable is null)
        {
            yield return "AcceptUnavailable is null; list topics or leave it out.";
        }

        foreach (string fault in limits is null ? ["Limits is null; leave it out for the defaults."] : Check(limits))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> Check(RollLimits limits)
    {
        foreach ((string name, TimeSpan value) in Limits(limits).Where(row => row.Value < Shortest || row.Value > Longest))
        {
            yield return $"Limits.{name} is {value}; it must be between {Shortest.TotalSeconds:0} s and {Longest.TotalDays:0} days.";
        }

        if (limits.SteadySamples is < 1 or > MostSamples)
        {
            yield return $"Limits.SteadySamples is {limits.SteadySamples}; it must be between 1 and {MostSamples}.";
        }
    }

    private static IEnumerable<(string Name, TimeSpan Value)> Limits(RollLimits limits) =>
    [
        (nameof(limits.StallAfter), limits.StallAfter),
        (nameof(limits.PodCap), limits.PodCap),
        (nameof(limits.SyncCap), limits.SyncCap),
        (nameof(limits.PickUpWithin), limits.PickUpWithin),
        (nameof(limits.BreachAfter), limits.BreachAfter),
        (nameof(limits.PollEvery), limits.PollEvery),
        (nameof(limits.SteadyEvery), limits.SteadyEvery),
    ];

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\z")]
    private static partial Regex NamePattern();
}
