using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>Labels and metadata that every object of a component carries.</summary>
internal static class OwnedMetadata
{
    /// <summary>Metadata of an object that is deleted together with the component's custom resource.</summary>
    public static JsonObject Render(Component component, string name) => new()
    {
        ["name"] = name,
        ["namespace"] = component.Namespace,
        ["labels"] = Labels(component),
        ["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = $"{ComponentKind.Group}/{ComponentKind.Version}",
            ["kind"] = component.Kind.Kind,
            ["name"] = component.Name,
            ["uid"] = component.Uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        }),
    };

    /// <summary>Whether an object is deleted together with the component's custom resource.</summary>
    public static bool IsOwned(JsonObject obj, Component component) =>
        (obj["metadata"]!["ownerReferences"] as JsonArray ?? []).Any(owner => (string?)owner!["uid"] == component.Uid);

    public static JsonObject Labels(Component component)
    {
        JsonObject labels = Selector(component);
        labels["platform.confluent.io/type"] = component.Kind.Type;
        return labels;
    }

    public static JsonObject Selector(Component component) =>
        new(component.SelectorLabels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value)));
}
