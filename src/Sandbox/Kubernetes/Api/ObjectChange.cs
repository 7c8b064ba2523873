using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>What the API keeps of an object whatever a writer sends, and what it counts by itself.</summary>
internal static class ObjectChange
{
    // What the writer cannot change.
    private static readonly string[] Immutable =
        ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    /// <summary>Takes out of a new object what only the server may say.</summary>
    public static void PrepareNew(GroupResource resource, JsonObject obj)
    {
        if (obj["metadata"] is not JsonObject metadata)
        {
            obj["metadata"] = metadata = [];
        }

        foreach (string name in Immutable.Except(["name", "namespace"]).Append("resourceVersion"))
        {
            metadata.Remove(name);
        }

        if (CountsGeneration(resource, obj))
        {
            metadata["generation"] = 1;
        }

        if (obj.ContainsKey("spec"))
        {
            obj.Remove("status");
        }
    }

    /// <summary>A write of the object keeps the status that is there.</summary>
    public static void KeepStatus(StoredObject before, JsonObject after)
    {
        if (before.Json.TryGetProperty("spec", out _))
        {
            Keep(before.ToJson(), after, "status");
        }
    }

    /// <summary>A write of the status keeps everything else.</summary>
    public static void KeepAllButStatus(StoredObject before, JsonObject after)
    {
        JsonObject old = before.ToJson();
        foreach (string field in old.Select(each => each.Key).Union(after.Select(each => each.Key)).ToList())
        {
            if (field != "status")
            {
                Keep(old, after, field);
            }
        }
    }

    /// <summary>Restores what no writer can change, and counts the generation.</summary>
    public static void Complete(StoredObject before, JsonObject after)
    {
        JsonObject old = before.ToJson();
        JsonObject oldMetadata = (JsonObject)old["metadata"]!;
        JsonObject metadata = (JsonObject)after["metadata"]!;
        foreach (string name in Immutable)
        {
            Keep(oldMetadata, metadata, name);
        }

        if (metadata["generation"] is { } generation && IsCounted(before.Key.Resource, old, after))
        {
            metadata["generation"] = generation.GetValue<long>() + 1;
        }
    }

    private static bool IsCounted(GroupResource resource, JsonObject old, JsonObject after) =>
        old.Select(each => each.Key).Union(after.Select(each => each.Key))
            .Any(field => field is not ("metadata" or "status" or "apiVersion" or "kind") && !JsonNode.DeepEquals(old[field], after[field]))
        || (resource == GroupResource.FromResourceType(ResourceType.Deployments)
            && !JsonNode.DeepEquals(old["metadata"]!["annotations"], after["metadata"]!["annotations"]));

    // Of the core group only pods and replication controllers are counted.
    private static bool CountsGeneration(GroupResource resource, JsonObject obj) =>
        resource.Group.Length == 0 ? resource.Resource is "pods" or "replicationcontrollers"
        : resource.Group is not ("rbac.authorization.k8s.io" or "storage.k8s.io" or "coordination.k8s.io") && obj.ContainsKey("spec");

    private static void Keep(JsonObject old, JsonObject after, string field)
    {
        if (old[field] is { } kept)
        {
            after[field] = kept.DeepClone();
        }
        else
        {
            after.Remove(field);
        }
    }
}
