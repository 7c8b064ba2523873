using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Contract;

/// <summary>Takes out of answers what differs from run to run: names of the server's own making, times, versions, addresses.</summary>
internal static partial class Normalization
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512,
    };

    /// <summary>An answer as text, its fields in order.</summary>
    public static string Text(JsonNode node, string @namespace) =>
        Sorted(node)!.ToJsonString(Indented).Replace(@namespace, "NS", StringComparison.Ordinal);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject obj => Fields(obj),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => Scalar(node),
    };

    private static JsonObject Fields(JsonObject obj)
    {
        bool isReview = obj["kind"] is JsonValue kind && kind.ToString().EndsWith("Review", StringComparison.Ordinal);
        IEnumerable<KeyValuePair<string, JsonNode?>> kept = obj.Where(each =>
            // Nobody owns the fields of a review: it is not stored.
            !(isReview && each.Key == "metadata")
            // A time that is not set, which programs in Go write all the same.
            && !(each.Value is null && (each.Key.EndsWith("Time", StringComparison.Ordinal)
                || each.Key.EndsWith("Timestamp", StringComparison.Ordinal)))
            // A hash of the server's own making.
            && each.Key != "storageVersionHash"
            // The help of a column, which nobody prints.
            && !(each.Key == "description" && obj.ContainsKey("priority")));
        return new JsonObject(kept.OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => KeyValuePair.Create(each.Key, Value(each.Key, each.Value))));
    }

    private static JsonNode? Value(string name, JsonNode? value) => (name, value) switch
    {
        ("uid", JsonValue) => "UID",
        ("resourceVersion", JsonValue) => "VERSION",
        ("continue", JsonValue) => "CONTINUE",
        ("clusterIP", JsonValue) when (string)value! != "None" => "ADDRESS",
        ("clusterIPs", JsonArray addresses) when (string?)addresses[0] != "None" => new JsonArray("ADDRESS"),
        // In the order in which a map in Go gives them, which is none.
        ("causes", JsonArray causes) => new JsonArray(
            [.. causes.Select(Sorted).OrderBy(each => each!.ToJsonString(), StringComparer.Ordinal)]),
        _ => Sorted(value),
    };

    private static JsonNode? Scalar(JsonNode? node)
    {
        if (node is null || node.GetValueKind() != JsonValueKind.String)
        {
            return node?.DeepClone();
        }

        string text = Time().Replace((string)node!, "TIME");
        text = Uid().Replace(text, "UID");
        text = Age().Replace(text, "AGE");
        text = Several().Replace(text, "is invalid: [the causes]");
        text = Patched().Replace(text, "patch: Invalid value: THE OBJECT: $1");
        // What went wrong in the reading is worded by the reader, and what differs by a tool that compares.
        text = Reading().Replace(text, "continue key is not valid");
        text = Difference().Replace(text, "");
        return Version().Replace(text, "$1 VERSION");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")]
    private static partial Regex Time();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"^\d+[smh](\d+s)?$")]
    private static partial Regex Age();

    [GeneratedRegex(@"is invalid: \[.*\]$", RegexOptions.Singleline)]
    private static partial Regex Several();

    [GeneratedRegex("(?:patch: )?Invalid value: \"\\{.*\\}\": (strict|json)", RegexOptions.Singleline)]
    private static partial Regex Patched();

    [GeneratedRegex("continue key is not valid: .*")]
    private static partial Regex Reading();

    [GeneratedRegex("\n@@ .*", RegexOptions.Singleline)]
    private static partial Regex Difference();

    [GeneratedRegex(@"(resource version:|in record|current:) \(?\d+\)?( \(\d+\))?")]
    private static partial Regex Version();
}
