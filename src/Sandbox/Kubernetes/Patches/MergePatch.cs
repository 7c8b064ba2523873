using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.Kubernetes.Patches;

/// <summary>Applies a JSON Merge Patch (RFC 7386).</summary>
internal static class MergePatch
{
    /// <summary>The value with the patch merged into it; neither is changed.</summary>
    public static JsonNode? Apply(JsonNode? value, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        JsonObject merged = value is JsonObject obj ? (JsonObject)obj.DeepClone() : [];
        foreach ((string name, JsonNode? change) in changes)
        {
            if (change is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = Apply(merged[name], change);
            }
        }

        return merged;
    }
}
