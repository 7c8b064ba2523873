using System.Text.Json;

namespace Orchestrator.Sandbox.Kubernetes.Selectors;

/// <summary>A label selector as objects carry it: <c>matchLabels</c> and <c>matchExpressions</c>.</summary>
public static class LabelMatch
{
    /// <summary>Whether labels are as the selector asks; an empty selector asks for nothing.</summary>
    public static bool Matches(JsonElement selector, IReadOnlyDictionary<string, string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        bool isAsNamed = !selector.TryGetProperty("matchLabels", out JsonElement pairs) || pairs.EnumerateObject()
            .All(pair => labels.TryGetValue(pair.Name, out string? value) && value == pair.Value.GetString());
        return isAsNamed && (!selector.TryGetProperty("matchExpressions", out JsonElement expressions)
            || expressions.EnumerateArray().All(each => Holds(each, labels)));
    }

    private static bool Holds(JsonElement expression, IReadOnlyDictionary<string, string> labels)
    {
        bool isThere = labels.TryGetValue(expression.GetProperty("key").GetString()!, out string? value);
        bool isAmong = isThere && expression.TryGetProperty("values", out JsonElement values)
            && values.EnumerateArray().Any(each => each.GetString() == value);
        return expression.GetProperty("operator").GetString() switch
        {
            "In" => isAmong,
            "NotIn" => !isAmong,
            "Exists" => isThere,
            "DoesNotExist" => !isThere,
            _ => false,
        };
    }
}
