using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kafka.Scenarios;

namespace Orchestrator.Sandbox.Clusters;

/// <summary>Reads whole clusters out of YAML or JSON.</summary>
public static class ClusterScenarioReader
{
    /// <summary>Reads a cluster.</summary>
    /// <param name="text">
    /// Its fields in YAML or JSON, Kafka under <c>kafka</c>; or those of Kafka alone, without <c>kafka</c>, for a cluster whose rest is the
    /// default. Durations as <c>00:00:30</c>.
    /// </param>
    /// <exception cref="FormatException">It is not a scenario; the text says where and why.</exception>
    public static ClusterScenario Read(string text)
    {
        JsonObject record = ScenarioReader.Record(text);
        ClusterScenario scenario = record.Any(field => field.Key.Equals(nameof(ClusterScenario.Kafka), StringComparison.OrdinalIgnoreCase))
            ? ScenarioReader.Read<ClusterScenario>(record)
            : new ClusterScenario { Kafka = ScenarioReader.Read<KafkaScenario>(record) };
        return ClusterScenario.IsName(scenario.Name)
            ? scenario
            : throw new FormatException($"name is '{scenario.Name}'; it must be letters, digits, '-', '.' and '_'.");
    }
}
