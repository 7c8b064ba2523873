using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Validation;

/// <summary>What cannot be changed once an object is there.</summary>
internal static class ImmutableRules
{
    private const string Fixed = "field is immutable";

    private static readonly string[] OfStatefulSets =
    [
        "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy",
        "minReadySeconds",
    ];

    /// <summary>What is wrong with a change.</summary>
    public static IEnumerable<FieldError> Check(ResourceDefinition resource, JsonObject before, JsonObject after)
    {
        JsonObject old = before["spec"] as JsonObject ?? [];
        JsonObject spec = after["spec"] as JsonObject ?? [];
        switch (resource.Group, resource.Plural)
        {
            case ("apps", "statefulsets") when Differ(old, spec, OfStatefulSets):
                yield return FieldError.Forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', " +
                    "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
                break;
            case ("apps", "deployments" or "replicasets" or "daemonsets") or ("batch", "jobs")
                when !JsonNode.DeepEquals(old["selector"], spec["selector"]):
                yield return FieldError.Invalid("spec.selector", spec["selector"], Fixed);
                break;
            case ("batch", "jobs") when !JsonNode.DeepEquals(old["template"], spec["template"]):
                yield return FieldError.Invalid("spec.template", spec["template"], Fixed);
                break;
            case ("", "pods") when !JsonNode.DeepEquals(Unchangeable(old), Unchangeable(spec)):
                yield return FieldError.Forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`," +
                    "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations)," +
                    "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
                break;
            case ("", "persistentvolumeclaims") when Differ(old, spec, ["resources", "volumeName", "volumeAttributesClassName"]):
                yield return FieldError.Forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims");
                break;
            case ("", "services") when old["clusterIP"] is { } address && spec["clusterIP"] is { } other
                && !JsonNode.DeepEquals(address, other):
                yield return FieldError.Invalid("spec.clusterIPs[0]", new JsonArray(other.DeepClone()), "may not change once set");
                break;
            case ("", "secrets" or "configmaps") when (bool?)before["immutable"] == true
                && (!JsonNode.DeepEquals(before["data"], after["data"]) || (bool?)after["immutable"] != true):
                yield return FieldError.Forbidden("data", "field is immutable when `immutable` is set");
                break;
            case ("", "secrets") when !JsonNode.DeepEquals(before["type"], after["type"]):
                yield return FieldError.Invalid("type", after["type"], Fixed);
                break;
            case ("rbac.authorization.k8s.io", "rolebindings" or "clusterrolebindings")
                when !JsonNode.DeepEquals(before["roleRef"], after["roleRef"]):
                yield return FieldError.Invalid("roleRef", after["roleRef"], "cannot change roleRef");
                break;
            case ("storage.k8s.io", "storageclasses") when !JsonNode.DeepEquals(before["parameters"], after["parameters"]):
                yield return FieldError.Forbidden("parameters", "updates to parameters are forbidden.");
                break;
            default:
                break;
        }
    }

    private static bool Differ(JsonObject old, JsonObject spec, IEnumerable<string> except) =>
        old.Select(each => each.Key).Union(spec.Select(each => each.Key)).Except(except)
            .Any(name => !JsonNode.DeepEquals(old[name], spec[name]));

    private static JsonObject Unchangeable(JsonObject spec)
    {
        JsonObject rest = (JsonObject)spec.DeepClone();
        foreach (string name in new[] { "activeDeadlineSeconds", "tolerations", "nodeName" })
        {
            rest.Remove(name);
        }

        foreach (JsonNode? container in (rest["containers"] as JsonArray ?? []).Concat(rest["initContainers"] as JsonArray ?? []))
        {
            ((JsonObject)container!).Remove("image");
        }

        return rest;
    }
}
