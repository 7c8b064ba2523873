using Orchestrator.Sandbox.Kubernetes.Selectors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Which objects of a resource a request is about.</summary>
internal sealed record Selection(string? Namespace, string? Name, LabelSelector Labels, FieldSelector Fields)
{
    /// <summary>Whether no selector leaves any out.</summary>
    public bool IsAll => Labels.IsEmpty && Fields.IsEmpty;

    /// <summary>Reads the selectors of a request.</summary>
    public static Selection Of(ApiRequest request) => new(
        request.Namespace,
        request.Name,
        LabelSelector.Parse(request.Query("labelSelector")),
        FieldSelector.Parse(request.Query("fieldSelector"), request.Resource));

    /// <summary>Whether it is about an object.</summary>
    public bool Matches(StoredObject obj) =>
        (Namespace is null || obj.Namespace == Namespace) && (Name is null || obj.Name == Name)
        && Labels.Matches(obj.Labels) && Fields.Matches(obj);
}
