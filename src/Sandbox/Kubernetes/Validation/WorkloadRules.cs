using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Validation;

/// <summary>What must hold between the fields of what runs pods.</summary>
internal static class WorkloadRules
{
    /// <summary>What is wrong with an object.</summary>
    public static IEnumerable<FieldError> Check(ResourceDefinition resource, JsonObject obj)
    {
        JsonNode? spec = obj["spec"];
        if ((resource.Group, resource.Plural) is ("apps", "deployments" or "replicasets" or "statefulsets" or "daemonsets")
            && spec?["selector"] is JsonObject selector)
        {
            JsonObject labels = spec["template"]?["metadata"]?["labels"] as JsonObject ?? [];
            if (!LabelSelector.Of(JsonSerializer.SerializeToElement(selector))
                .Matches(labels.ToDictionary(each => each.Key, each => (string?)each.Value ?? "")))
            {
                yield return FieldError.Invalid(
                    "spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
            }
        }

        JsonNode? pod = (resource.Group, resource.Plural) == ("", "pods") ? spec : spec?["template"]?["spec"];
        if (pod?["containers"] is JsonArray { Count: 0 })
        {
            yield return FieldError.Required((resource.Group, resource.Plural) == ("", "pods")
                ? "spec.containers"
                : "spec.template.spec.containers");
        }
    }
}
