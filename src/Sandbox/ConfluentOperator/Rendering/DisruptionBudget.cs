using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rendering;

/// <summary>The budget that lets evictions take one pod of a component at a time.</summary>
internal static class DisruptionBudget
{
    /// <summary>The budget; null where the resource switches it off.</summary>
    public static JsonObject? Render(Component component)
    {
        JsonNode? budget = component.Spec["pdb"];
        return (bool?)budget?["enabled"] == false
            ? null
            : new JsonObject
            {
                ["apiVersion"] = "policy/v1",
                ["kind"] = "PodDisruptionBudget",
                ["metadata"] = OwnedMetadata.Render(component, component.Name),
                ["spec"] = new JsonObject
                {
                    ["maxUnavailable"] = (int?)budget?["maxUnavailable"] ?? 1,
                    ["selector"] = new JsonObject { ["matchLabels"] = OwnedMetadata.Selector(component) },
                },
            };
    }
}
