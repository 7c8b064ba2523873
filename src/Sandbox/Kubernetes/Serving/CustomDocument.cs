using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Resources;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>The OpenAPI document of the custom kinds of one version: their schemas, and the paths that kubectl looks for.</summary>
internal static class CustomDocument
{
    /// <summary>Makes the document.</summary>
    public static JsonObject Of(IReadOnlyList<ResourceDefinition> resources)
    {
        JsonObject schemas = [];
        JsonObject paths = [];
        foreach (ResourceDefinition resource in resources)
        {
            string name = $"{string.Join('.', resource.Group.Split('.').Reverse())}.{resource.Version}.{resource.Kind}";
            JsonObject schema = JsonNode.Parse(resource.Schema.Json.GetRawText())!.AsObject();
            schema["x-kubernetes-group-version-kind"] = new JsonArray(Kind(resource));
            schemas[name] = schema;
            string path = $"/apis/{resource.ApiVersion}/{(resource.IsNamespaced ? "namespaces/{namespace}/" : "")}{resource.Plural}";
            paths[path] = new JsonObject { ["post"] = Operation(resource, "post", "post"), ["get"] = Operation(resource, "get", "list") };
            paths[$"{path}/{{name}}"] = new JsonObject
            {
                ["get"] = Operation(resource, "get", "get"),
                ["put"] = Operation(resource, "put", "put"),
                ["patch"] = Operation(resource, "patch", "patch"),
                ["delete"] = Operation(resource, "delete", "delete"),
            };
        }

        return new JsonObject
        {
            ["openapi"] = "3.0.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes CRD Swagger", ["version"] = "v0.1.0" },
            ["paths"] = paths,
            ["components"] = new JsonObject { ["schemas"] = schemas },
        };
    }

    private static JsonObject Operation(ResourceDefinition resource, string method, string action)
    {
        JsonArray parameters = [];
        string[] names = method is "post" or "put" or "patch" ? ["dryRun", "fieldManager", "fieldValidation"] : [];
        foreach (string name in names)
        {
            parameters.Add(new JsonObject
            {
                ["name"] = name, ["in"] = "query", ["schema"] = new JsonObject { ["type"] = "string", ["uniqueItems"] = true },
            });
        }

        return new JsonObject
        {
            ["operationId"] = $"{action}{resource.Kind}",
            ["parameters"] = parameters,
            ["responses"] = new JsonObject { ["200"] = new JsonObject { ["description"] = "OK" } },
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = Kind(resource),
        };
    }

    private static JsonObject Kind(ResourceDefinition resource) =>
        new() { ["group"] = resource.Group, ["version"] = resource.Version, ["kind"] = resource.Kind };
}
