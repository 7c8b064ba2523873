using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.Kafka.Rolls;

namespace Orchestrator.Workflows.Procedures.RestartKafkaBroker;

/// <summary>The rules of the restart's own fields.</summary>
internal static class RestartInputRules
{
    /// <summary>The tier of a restart; a waiver raises it.</summary>
    public static ChangeTier Tier(RestartKafkaBrokerInput input, ChangeTier own) =>
        input.AcceptUnavailable is { Count: > 0 } ? ChangeTier.T3 : own;

    public static IReadOnlyList<string> Check(RestartKafkaBrokerInput input)
    {
        List<string> faults = [.. RollFieldRules.Check(input.Name, input.AcceptUnavailable, input.Limits)];
        if ((input.Broker is null) == string.IsNullOrWhiteSpace(input.Pod))
        {
            faults.Add($"Broker is {(input.Broker is { } id ? $"{id}" : "not given")} and Pod is "
                + $"{(string.IsNullOrWhiteSpace(input.Pod) ? "not given" : $"'{input.Pod}'")}; give exactly one of them.");
        }

        return faults;
    }
}
