using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>The selector of a disruption budget, held against the labels of pods as the API server does it. Pure.</summary>
internal static class LabelSelector
{
    /// <summary>Whether a selector selects an object. An empty one selects all, a missing one none.</summary>
    public static bool Selects(JsonNode? selector, JsonObject obj)
    {
        if (selector is null)
        {
            return false;
        }

        bool AreEqual(KeyValuePair<string, JsonNode?> label) => obj.Label(label.Key) == (string?)label.Value;
        return (selector["matchLabels"] as JsonObject ?? []).All(AreEqual)
            && (selector["matchExpressions"]?.AsArray() ?? []).All(expression => Holds(expression, obj));
    }

    private static bool Holds(JsonNode? expression, JsonObject obj)
    {
        string? label = obj.Label((string?)expression?["key"] ?? "");
        IEnumerable<string?> values = (expression?["values"]?.AsArray() ?? []).Select(value => (string?)value);
        return (string?)expression?["operator"] switch
        {
            "In" => label is not null && values.Contains(label),
            "NotIn" => label is null || !values.Contains(label),
            "Exists" => label is not null,
            "DoesNotExist" => label is null,
            _ => false,
        };
    }
}
