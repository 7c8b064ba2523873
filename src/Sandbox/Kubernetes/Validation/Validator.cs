using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Validation;

/// <summary>Refuses objects that are invalid, with every field that is wrong.</summary>
internal static class Validator
{
    /// <summary>Looks at a new object.</summary>
    /// <exception cref="StatusException">It is invalid (422).</exception>
    public static void Create(ResourceDefinition resource, JsonObject obj)
    {
        List<FieldError> errors =
            [.. MetadataRules.Check(resource, obj), .. SchemaRules.Check(obj, resource, ""), .. WorkloadRules.Check(resource, obj)];
        Refuse(resource, obj, errors);
    }

    /// <summary>Looks at a change.</summary>
    /// <exception cref="StatusException">It is invalid (422).</exception>
    public static void Update(ResourceDefinition resource, JsonObject before, JsonObject after, string subresource)
    {
        List<FieldError> errors = [.. SchemaRules.Check(after, resource, subresource)];
        errors.InsertRange(0, MetadataRules.CheckChange(before, after));
        if (subresource != "status")
        {
            errors.AddRange(WorkloadRules.Check(resource, after));
            errors.AddRange(ImmutableRules.Check(resource, before, after));
        }

        Refuse(resource, after, errors);
    }

    private static void Refuse(ResourceDefinition resource, JsonObject obj, List<FieldError> errors)
    {
        if (errors.Count > 0)
        {
            throw StatusException.Invalid(resource.Group, resource.Kind, (string?)obj["metadata"]?["name"] ?? "", errors);
        }
    }
}
