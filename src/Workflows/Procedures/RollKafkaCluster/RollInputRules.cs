using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RollKafkaCluster;

/// <summary>The rules of the roll's own fields.</summary>
internal static class RollInputRules
{
    /// <summary>The tier of a roll; each waiver raises it.</summary>
    public static ChangeTier Tier(RollKafkaClusterInput input, ChangeTier own) =>
        input.AcceptUnavailable is { Count: > 0 } || input.AcceptQuorumLoss ? ChangeTier.T3 : own;

    public static IReadOnlyList<string> Check(RollKafkaClusterInput input)
    {
        List<string> faults = [.. RollFieldRules.Check(input.Name, input.AcceptUnavailable, input.Limits)];
        if (!Enum.IsDefined(input.Component))
        {
            faults.Add($"Component '{input.Component}' must be one of Brokers, Controllers, Both.");
        }

        if (input.Cooldown < TimeSpan.Zero || input.Cooldown > RollFieldRules.Longest)
        {
            faults.Add($"Cooldown is {input.Cooldown}; it must be between 0 s and {RollFieldRules.Longest.TotalDays:0} days.");
        }

        return faults;
    }
}
