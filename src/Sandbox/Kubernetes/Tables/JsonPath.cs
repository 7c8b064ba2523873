using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>The paths of a definition's columns: fields, indexes, and items chosen by the value of a field.</summary>
internal static partial class JsonPath
{
    /// <summary>The steps of a path such as <c>.status.conditions[?(@.type=="Ready")].status</c>.</summary>
    public static string[] Steps(string path) => [.. Step().Matches(path).Select(match => match.Value.TrimStart('.'))];

    /// <summary>What is at the end of a path; null where it leads nowhere.</summary>
    public static JsonNode? Find(JsonNode? node, IEnumerable<string> steps)
    {
        foreach (string step in steps)
        {
            node = step.StartsWith('[')
                ? Item(node as JsonArray, step[1..^1])
                : (node as JsonObject)?[step.Replace("\\.", ".", StringComparison.Ordinal)];
        }

        return node;
    }

    private static JsonNode? Item(JsonArray? items, string choice)
    {
        if (int.TryParse(choice, out int index))
        {
            return items is not null && index < items.Count ? items[index] : null;
        }

        Match match = Choice().Match(choice);
        return match.Success
            ? items?.FirstOrDefault(each => each?[match.Groups["field"].Value]?.ToString() == match.Groups["value"].Value)
            : items?.FirstOrDefault();
    }

    [GeneratedRegex(@"\.(?:[^.\[\\]|\\.)+|\[[^\]]*\]")]
    private static partial Regex Step();

    [GeneratedRegex("^\\?\\(@\\.(?<field>[^=\\s]+)\\s*==\\s*['\"](?<value>[^'\"]*)['\"]\\)$")]
    private static partial Regex Choice();
}
