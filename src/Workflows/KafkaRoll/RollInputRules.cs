using System.Text.RegularExpressions;

namespace Orchestrator.Workflows.KafkaRoll;

/// <summary>The rules of the roll's own fields.</summary>
internal static partial class RollInputRules
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<string> Check(RollKafkaClusterInput input)
    {
        List<string> faults = [];
        if (!NamePattern().IsMatch(input.Name))
        {
            faults.Add($"Name '{input.Name}' is no name of a resource: lower-case letters, digits, '-' and '.', at most 253.");
        }

        if (!Enum.IsDefined(input.Component))
        {
            faults.Add($"Component '{input.Component}' is none of Brokers, Controllers, Both.");
        }

        if (input.Cooldown < TimeSpan.Zero)
        {
            faults.Add($"Cooldown {input.Cooldown} is negative.");
        }

        faults.AddRange(Limits(input.Limits).Where(row => row.Value < ShortestPoll)
            .Select(row => $"Limits.{row.Name} is {row.Value}; it takes at least {ShortestPoll.TotalSeconds:0} s."));
        if (input.Limits.SteadySamples < 1)
        {
            faults.Add($"Limits.SteadySamples is {input.Limits.SteadySamples}; it takes at least 1.");
        }

        return faults;
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

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$")]
    private static partial Regex NamePattern();
}
