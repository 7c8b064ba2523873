using System.Text.Json.Nodes;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Reads along JSON pointers (RFC 6901) through maps.</summary>
internal static class JsonPointer
{
    /// <summary>The steps of a pointer, unescaped.</summary>
    /// <exception cref="FormatException">It does not begin with a slash.</exception>
    public static IReadOnlyList<string> Steps(string pointer) =>
        pointer.StartsWith('/')
            ? [.. pointer[1..].Split('/').Select(step =>
                step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
            : throw new FormatException($"'{pointer}' is not a valid JSON pointer: it does not begin with a slash.");

    /// <summary>The pointer of some steps.</summary>
    public static string Of(IEnumerable<string> steps) =>
        string.Concat(steps.Select(step =>
            "/" + step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));

    /// <summary>The text that a pointer leads to; null where there is none. What is not text comes as JSON.</summary>
    public static string? Text(JsonObject obj, string pointer)
    {
        JsonNode? node = obj;
        foreach (string step in Steps(pointer))
        {
            node = (node as JsonObject)?[step];
        }

        return node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString();
    }
}
