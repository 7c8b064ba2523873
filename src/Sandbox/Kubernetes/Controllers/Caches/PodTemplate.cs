using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Makes pods of the template of what manages them.</summary>
internal static class PodTemplate
{
    /// <summary>A pod that gets a name of its own after a prefix.</summary>
    public static JsonObject Render(StoredObject owner, string prefix)
    {
        JsonObject template = (JsonObject)owner.Spec.At("template")!.Value.Copy();
        JsonObject metadata = (JsonObject)template.Part("metadata").DeepClone();
        metadata.Remove("creationTimestamp");
        metadata.Remove("name");
        metadata["generateName"] = prefix;
        metadata["namespace"] = owner.Namespace;
        metadata["ownerReferences"] = new JsonArray(OwnerReference.ToController(owner));
        return new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = template.Part("spec").DeepClone(),
        };
    }
}
