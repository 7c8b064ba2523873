using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>One remembered state of a StatefulSet's pod template.</summary>
/// <param name="Name">The set's name and the hash of the template, as the label of pods carries it.</param>
/// <param name="Number">Rises with each revision that is taken into use.</param>
/// <param name="Data">The patch that makes a set have this template.</param>
/// <param name="Object">The ControllerRevision; null of one that is not written yet.</param>
internal sealed record Revision(string Name, long Number, JsonObject Data, StoredObject? Object)
{
    /// <summary>The template that pods of this revision are made from.</summary>
    public JsonObject Template
    {
        get
        {
            JsonObject template = (JsonObject)Data["spec"]!["template"]!.DeepClone();
            template.Remove("$patch");
            return template;
        }
    }

    /// <summary>A stored ControllerRevision.</summary>
    public static Revision Of(StoredObject revision) => new(
        revision.Name, revision.Json.Number("revision") ?? 0, (JsonObject)revision.Json.At("data")!.Value.Copy(), revision);

    /// <summary>The revision of what a set asks for now.</summary>
    public static Revision Of(StatefulSet set, long number, long collisions)
    {
        JsonObject template = (JsonObject)set.Object.Spec.At("template")!.Value.Copy();
        template["$patch"] = "replace";
        JsonObject data = new() { ["spec"] = new JsonObject { ["template"] = template } };
        return new Revision($"{set.Name}-{TemplateHash.Of(data, collisions)}", number, data, null);
    }

    /// <summary>Whether two revisions have the same template.</summary>
    public bool IsSameAs(Revision other) => JsonNode.DeepEquals(Data, other.Data);
}
