using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.KafkaRoll;

namespace Orchestrator.Workflows.KafkaRestart;

/// <summary>The rules of the restart's own fields.</summary>
internal static class RestartInputRules
{
    /// <summary>The tier of a restart; a waiver raises it.</summary>
    public static ChangeTier Tier(RestartKafkaBrokerInput input) =>
        input.AcceptUnavailable is { Count: > 0 } ? ChangeTier.T3 : ChangeTier.T2;

    public static IReadOnlyList<string> Check(RestartKafkaBrokerInput input)
    {
        // What both procedures have in common has the same rules.
        List<string> faults =
        [
            .. RollInputRules.Check(
                new RollKafkaClusterInput { Name = input.Name, AcceptUnavailable = input.AcceptUnavailable, Limits = input.Limits }),
        ];
        if ((input.Broker is null) == string.IsNullOrWhiteSpace(input.Pod))
        {
            faults.Add($"Broker is {(input.Broker is { } id ? $"{id}" : "not given")} and Pod is "
                + $"{(string.IsNullOrWhiteSpace(input.Pod) ? "not given" : $"'{input.Pod}'")}; give exactly one of them.");
        }

        return faults;
    }
}
