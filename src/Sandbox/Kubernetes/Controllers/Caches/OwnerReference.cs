using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>One entry of <c>metadata.ownerReferences</c>.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool IsController, bool BlocksDeletion)
{
    /// <summary>The owners of an object, in the order of its list.</summary>
    public static IEnumerable<OwnerReference> Of(StoredObject obj) => obj.Metadata.Items("ownerReferences").Select(Read);

    /// <summary>The owner that manages an object; null where nobody does.</summary>
    public static OwnerReference? ControllerOf(StoredObject obj) => Of(obj).FirstOrDefault(each => each.IsController);

    /// <summary>A reference by which an object's controller owns what it makes.</summary>
    public static JsonObject ToController(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Json.Text("apiVersion"),
        ["kind"] = owner.Json.Text("kind"),
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static OwnerReference Read(JsonElement reference) => new(
        reference.Text("apiVersion") ?? "",
        reference.Text("kind") ?? "",
        reference.Text("name") ?? "",
        reference.Text("uid") ?? "",
        reference.Flag("controller"),
        reference.Flag("blockOwnerDeletion"));
}
