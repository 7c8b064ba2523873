using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orchestrator.Sandbox.Clusters;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Boxes;

/// <summary>Scenarios as text: only what differs from the defaults, so that what is special about a cluster can be seen.</summary>
internal static class ScenarioText
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>As YAML.</summary>
    public static string Yaml(ClusterScenario scenario) => Documents.Yaml(Node(scenario));

    /// <summary>As JSON.</summary>
    public static string Json(ClusterScenario scenario) => Documents.Json(Node(scenario));

    private static JsonNode Node(ClusterScenario scenario)
    {
        JsonObject node = JsonSerializer.SerializeToNode(scenario, Web)!.AsObject();
        JsonObject usual = JsonSerializer.SerializeToNode(new ClusterScenario(), Web)!.AsObject();
        LeaveOut(node, usual);
        node["name"] = scenario.Name;
        JsonObject kafka = (node["kafka"] ??= new JsonObject()).AsObject();
        kafka["version"] = scenario.Kafka.Version;
        kafka["brokers"] = scenario.Kafka.Brokers;
        kafka["controllers"] = scenario.Kafka.Controllers;
        return node;
    }

    private static void LeaveOut(JsonObject node, JsonObject usual)
    {
        foreach ((string key, JsonNode? value) in node.ToList())
        {
            if (JsonNode.DeepEquals(value, usual[key]))
            {
                node.Remove(key);
            }
            else if (value is JsonObject inner && usual[key] is JsonObject usualInner && !IsMap(key))
            {
                LeaveOut(inner, usualInner);
            }
            else if (value is JsonArray topics && key == "topics")
            {
                JsonObject usualTopic = JsonSerializer.SerializeToNode(new Sandbox.Kafka.Scenarios.TopicScenario(), Web)!.AsObject();
                foreach (JsonObject topic in topics.OfType<JsonObject>())
                {
                    string? name = (string?)topic["name"];
                    LeaveOut(topic, usualTopic);
                    topic["name"] = name;
                }
            }
        }
    }

    // A map is given whole: a part of one would be another map.
    private static bool IsMap(string key) =>
        key.EndsWith("ettings", StringComparison.Ordinal) || key.EndsWith("nnotations", StringComparison.Ordinal)
        || key is "requests" or "features";
}
