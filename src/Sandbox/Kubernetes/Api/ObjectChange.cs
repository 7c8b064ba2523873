using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>What the API keeps of an object whatever a writer sends, and what it counts by itself.</summary>
internal static class ObjectChange
{
    // What the writer cannot change.
    private static readonly string[] Immutable =
        ["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"];

    /// <summary>Takes out of a new object what only the server may say.</summary>
    public static void PrepareNew(ResourceDefinition resource, JsonObject obj)
    {
        if (obj["metadata"] is not JsonObject metadata)
        {
            obj["metadata"] = metadata = [];
        }

        foreach (string name in Immutable.Except(["name", "namespace"]).Append("resourceVersion"))
        {
            metadata.Remove(name);
        }

        if (CountsGeneration(resource))
        {
            metadata["generation"] = 1;
        }

        if (resource.HasStatus)
        {
            obj.Remove("status");
        }
    }

    /// <summary>A write of the object keeps the status that is there.</summary>
    public static void KeepStatus(StoredObject before, JsonObject after) => Keep(before.ToJson(), after, "status");

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
    public static void Complete(ResourceDefinition resource, StoredObject before, JsonObject after)
    {
        JsonObject old = before.ToJson();
        JsonObject oldMetadata = (JsonObject)old["metadata"]!;
        JsonObject metadata = (JsonObject)after["metadata"]!;
        foreach (string name in Immutable)
        {
            Keep(oldMetadata, metadata, name);
        }

        metadata["resourceVersion"] = ObjectStore.Text(before.ResourceVersion);
        if (metadata["generation"] is { } generation && CountsGeneration(resource) && IsCounted(resource, old, after))
        {
            metadata["generation"] = generation.GetValue<long>() + 1;
        }
    }

    private static bool IsCounted(ResourceDefinition resource, JsonObject old, JsonObject after) =>
        old.Select(each => each.Key).Union(after.Select(each => each.Key)).Any(field =>
            field is not ("metadata" or "apiVersion" or "kind") && (field != "status" || !resource.HasStatus)
            && !JsonNode.DeepEquals(old[field], after[field]))
        || (resource.Key == GroupResource.FromResourceType(ResourceType.Deployments)
            && !JsonNode.DeepEquals(old["metadata"]!["annotations"], after["metadata"]!["annotations"]));

    private static bool CountsGeneration(ResourceDefinition resource) => resource.Custom is not null || resource.Group switch
    {
        "" => resource.Plural is "pods" or "replicationcontrollers",
        "apps" => resource.Plural != "controllerrevisions",
        "batch" or "policy" or "apiextensions.k8s.io" or "admissionregistration.k8s.io" or "discovery.k8s.io"
            or "flowcontrol.apiserver.k8s.io" or "scheduling.k8s.io" => true,
        "networking.k8s.io" => resource.Plural is "ingresses" or "networkpolicies" or "ingressclasses",
        _ => false,
    };

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
