using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Fields;

/// <summary>
/// The annotation in which <c>kubectl apply</c> keeps what it applied last. The server keeps it up to date where kubectl goes over to
/// server-side apply, so that the way back stays open.
/// </summary>
internal static class LastApplied
{
    private const string Annotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Manager = "kubectl";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    /// <summary>Writes what was applied into an object that has the annotation, where kubectl applied it.</summary>
    public static void Keep(JsonObject obj, JsonObject configuration, string manager)
    {
        if (manager == Manager && obj["metadata"]?["annotations"] is JsonObject annotations && annotations.ContainsKey(Annotation))
        {
            JsonObject applied = (JsonObject)Sorted(configuration)!;
            if (applied["metadata"] is JsonObject metadata)
            {
                metadata.Remove("managedFields");
                (metadata["annotations"] as JsonObject)?.Remove(Annotation);
                if (metadata["annotations"] is JsonObject { Count: 0 })
                {
                    metadata.Remove("annotations");
                }
            }

            annotations[Annotation] = applied.ToJsonString(Plain) + "\n";
        }
    }

    // In the order in which Go writes maps.
    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        null => null,
        JsonObject obj => new JsonObject(obj.OrderBy(each => each.Key, StringComparer.Ordinal)
            .Select(each => KeyValuePair.Create(each.Key, Sorted(each.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node.DeepClone(),
    };
}
