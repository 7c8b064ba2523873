using System.Text.RegularExpressions;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>The rules of the roll's own fields.</summary>
internal static partial class RollInputRules
{
    private const int MostSamples = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>The tier of a roll; each waiver raises it.</summary>
    public static ChangeTier Tier(RollKafkaClusterInput input) =>
        input.AcceptUnavailable is { Count: > 0 } || input.AcceptQuorumLoss ? ChangeTier.T3 : ChangeTier.T2;

    /// <summary>
    /// How long a call of the run may go without an answer; the default where JSON says that there are no limits, which is refused.
    /// </summary>
    public static TimeSpan StallAfter(RollLimits? limits) => (limits ?? new RollLimits()).StallAfter;

    public static IReadOnlyList<string> Check(RollKafkaClusterInput input)
    {
        List<string> faults = [];
        if (!NamePattern().IsMatch(input.Name ?? ""))
        {
            faults.Add($"Name '{input.Name}' is not a valid resource name: use lower-case letters, digits, '-' and '.', at most 253.");
        }

        if (!Enum.IsDefined(input.Component))
        {
            faults.Add($"Component '{input.Component}' must be one of Brokers, Controllers, Both.");
        }

        if (input.Cooldown < TimeSpan.Zero || input.Cooldown > Longest)
        {
            faults.Add($"Cooldown is {input.Cooldown}; it must be between 0 s and {Longest.TotalDays:0} days.");
        }

        // JSON may say null, which is not the default.
        if (input.AcceptUnavailable is null)
        {
            faults.Add("AcceptUnavailable is null; list topics or leave it out.");
        }

        return input.Limits is null ? [.. faults, "Limits is null; leave it out for the defaults."] : [.. faults, .. Check(input.Limits)];
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
