using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Resources;

/// <summary>Reads CustomResourceDefinitions, and gives them the status that says that they are served.</summary>
internal static class CustomDefinitions
{
    private static readonly string[] Verbs =
        ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    /// <summary>The resources that a definition serves, the version that is stored last of all.</summary>
    public static IEnumerable<ResourceDefinition> Read(StoredObject definition)
    {
        JsonElement spec = definition.Spec;
        JsonElement names = spec.GetProperty("names");
        IEnumerable<JsonElement> versions = spec.GetProperty("versions").EnumerateArray();
        foreach (JsonElement version in versions.Where(each => each.GetProperty("served").GetBoolean()))
        {
            string kind = Text(names, "kind")!;
            JsonElement? subresources = Find(version, "subresources");
            JsonElement? scale = subresources is { } all ? Find(all, "scale") : null;
            (string group, string served) = (Text(spec, "group")!, Text(version, "name")!);
            Dictionary<string, SubresourceKind> below = new(StringComparer.Ordinal);
            if (subresources is { } given && Find(given, "status") is not null)
            {
                below["status"] = new SubresourceKind(group, served, kind);
            }

            if (scale is not null)
            {
                below["scale"] = new SubresourceKind("autoscaling", "v1", "Scale");
            }

            yield return new ResourceDefinition(
                group, served, Text(names, "plural")!, kind, Text(spec, "scope") == "Namespaced")
            {
                Singular = Text(names, "singular") ?? kind.ToLowerInvariant(),
                ListKind = Text(names, "listKind") ?? $"{kind}List",
                ShortNames = Strings(names, "shortNames"),
                Categories = Strings(names, "categories"),
                Verbs = Verbs,
                Subresources = below,
                Custom = new CustomResource(
                    SchemaOf(version),
                    Find(version, "additionalPrinterColumns") is { } columns ? [.. columns.EnumerateArray()] : [],
                    scale),
            };
        }
    }

    /// <summary>The status of a definition that is not served yet.</summary>
    public static JsonObject NewStatus(JsonObject definition) => new()
    {
        ["acceptedNames"] = new JsonObject { ["kind"] = "", ["plural"] = "" },
        ["conditions"] = null,
        ["storedVersions"] = new JsonArray(StoredVersion(definition)),
    };

    /// <summary>Says in a definition's status that its names are taken and that it is served.</summary>
    /// <returns>False where it says so already.</returns>
    public static bool Establish(JsonObject definition, DateTimeOffset now)
    {
        JsonObject spec = (JsonObject)definition["spec"]!;
        JsonObject status = definition["status"] as JsonObject ?? [];
        List<string> stored = [.. (status["storedVersions"] as JsonArray ?? []).Select(each => (string)each!)];
        string storage = StoredVersion(definition);
        if (status["conditions"] is JsonArray { Count: > 0 }
            && stored.Contains(storage)
            && JsonNode.DeepEquals(status["acceptedNames"], spec["names"]))
        {
            return false;
        }

        status["acceptedNames"] = spec["names"]!.DeepClone();
        status["conditions"] ??= new JsonArray(
            Condition("NamesAccepted", "NoConflicts", "no conflicts found", now),
            Condition("Established", "InitialNamesAccepted", "the initial names have been accepted", now));
        status["storedVersions"] = new JsonArray([.. stored.Union([storage]).Select(each => (JsonNode)each)]);
        definition["status"] = status;
        return true;
    }

    private static string StoredVersion(JsonObject definition) =>
        (string)((JsonArray)definition["spec"]!["versions"]!).First(each => (bool?)each!["storage"] == true)!["name"]!;

    private static Schema SchemaOf(JsonElement version) =>
        Find(version, "schema") is { } schema && Find(schema, "openAPIV3Schema") is { } root
            ? Schema.OfCustomObject(root)
            : Schema.Any;

    private static JsonObject Condition(string type, string reason, string message, DateTimeOffset now) => new()
    {
        ["lastTransitionTime"] = ObjectStore.Timestamp(now),
        ["message"] = message,
        ["reason"] = reason,
        ["status"] = "True",
        ["type"] = type,
    };

    private static JsonElement? Find(JsonElement obj, string field) => obj.TryGetProperty(field, out JsonElement value) ? value : null;

    private static string? Text(JsonElement obj, string field) => Find(obj, field)?.GetString();

    private static IReadOnlyList<string> Strings(JsonElement obj, string field) =>
        Find(obj, field) is { } all ? [.. all.EnumerateArray().Select(each => each.GetString()!)] : [];
}
