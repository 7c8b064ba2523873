using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Makes a JSON patch that changes fields only if they still are as planned. Pure.</summary>
internal static class ConditionalPatch
{
    /// <summary>
    /// The patch. It is applied to <paramref name="obj"/> as well, so that later changes find the maps that earlier ones made.
    /// </summary>
    public static JsonArray Of(JsonObject obj, IReadOnlyList<PointerChange> changes)
    {
        JsonArray patch = [];
        if (changes.Any(change => change.Before is null))
        {
            // That a field is absent cannot be tested for; that the object is the one that was read, can.
            patch.Add(Operation("replace", "/metadata/resourceVersion", obj.ResourceVersion()));
        }

        foreach (PointerChange change in changes)
        {
            Add(patch, obj, change);
        }

        return patch;
    }

    private static void Add(JsonArray patch, JsonObject obj, PointerChange change)
    {
        IReadOnlyList<string> steps = JsonPointer.Steps(change.Pointer);
        JsonObject parent = obj;
        for (int i = 0; i < steps.Count - 1; i++)
        {
            if (parent[steps[i]] is null)
            {
                parent[steps[i]] = new JsonObject();
                patch.Add(Operation("add", JsonPointer.Of(steps.Take(i + 1)), new JsonObject()));
            }

            parent = parent[steps[i]] as JsonObject
                ?? throw new FormatException($"{change.Pointer} cannot be followed: {JsonPointer.Of(steps.Take(i + 1))} is not an object.");
        }

        if (change.Before is not null)
        {
            patch.Add(Operation("test", change.Pointer, change.Before));
        }

        parent[steps[^1]] = change.After;
        patch.Add(change.After is null
            ? new JsonObject { ["op"] = "remove", ["path"] = change.Pointer }
            : Operation(change.Before is null ? "add" : "replace", change.Pointer, change.After));
    }

    private static JsonObject Operation(string op, string path, JsonNode value) =>
        new() { ["op"] = op, ["path"] = path, ["value"] = value };
}
