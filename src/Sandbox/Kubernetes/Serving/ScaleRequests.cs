using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Patches;
using Orchestrator.Sandbox.Kubernetes.Resources;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Kubernetes.Tables;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers requests for the scale of an object: how many replicas it should have, and has.</summary>
internal sealed class ScaleRequests(KubernetesApi api)
{
    /// <summary>Answers a request.</summary>
    public async Task AnswerAsync(ApiRequest request)
    {
        StoredObject obj = api.Store.Find(request.Key) ?? throw StatusException.NotFound(request.Key);
        if (request.Verb != "get")
        {
            JsonNode body = await RequestBody.ReadAsync(request.Http);
            string type = (request.Http.Request.ContentType ?? "").Split(';')[0];
            obj = api.Change(
                request.Resource, request.Key, "scale", before => Changed(request, before, body, type), request.WriteOptions());
        }

        await ObjectWriter.AnswerAsync(request.Http, Of(request.Resource, obj));
    }

    private static JsonObject Changed(ApiRequest request, StoredObject before, JsonNode body, string type)
    {
        JsonObject scale = Of(request.Resource, before);
        JsonObject wanted = (request.Verb, body) switch
        {
            ("update", JsonObject whole) => whole,
            ("patch", JsonArray operations) => JsonPatch.Apply(scale, operations),
            ("patch", JsonObject changes) when !type.Contains("json-patch", StringComparison.Ordinal) =>
                (JsonObject)MergePatch.Apply(scale, changes)!,
            _ => throw StatusException.MethodNotAllowed(),
        };
        if ((string?)wanted["metadata"]?["resourceVersion"] is { Length: > 0 } version
            && version != ObjectStore.Text(before.ResourceVersion))
        {
            throw StatusException.Modified(before.Key);
        }

        int replicas = wanted["spec"]?["replicas"]?.GetValue<int>() ?? 0;
        if (replicas < 0)
        {
            throw StatusException.Invalid(
                "autoscaling", "Scale", before.Name, [FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0")]);
        }

        JsonObject after = before.ToJson();
        string[] path = Path(request.Resource, "specReplicasPath", ".spec.replicas");
        JsonObject parent = after;
        foreach (string step in path[..^1])
        {
            parent[step] ??= new JsonObject();
            parent = (JsonObject)parent[step]!;
        }

        parent[path[^1]] = replicas;
        return after;
    }

    private static JsonObject Of(ResourceDefinition resource, StoredObject stored)
    {
        JsonObject obj = stored.ToJson();
        JsonObject metadata = [];
        foreach (string name in new[] { "name", "namespace", "uid", "resourceVersion", "creationTimestamp" })
        {
            metadata[name] = obj["metadata"]![name]?.DeepClone();
        }

        JsonObject status = new()
        {
            ["replicas"] = JsonPath.Find(obj, Path(resource, "statusReplicasPath", ".status.replicas"))?.DeepClone() ?? 0,
        };
        string? selector = resource.Custom is null
            ? Selector(obj["spec"]?["selector"])
            : resource.Custom.Scale!.Value.TryGetProperty("labelSelectorPath", out JsonElement path)
                ? JsonPath.Find(obj, JsonPath.Steps(path.GetString()!))?.ToString()
                : null;
        if (selector is not null)
        {
            status["selector"] = selector;
        }

        JsonObject spec = [];
        if (JsonPath.Find(obj, Path(resource, "specReplicasPath", ".spec.replicas")) is { } replicas)
        {
            spec["replicas"] = replicas.DeepClone();
        }

        return new JsonObject
        {
            ["kind"] = "Scale", ["apiVersion"] = "autoscaling/v1", ["metadata"] = metadata, ["spec"] = spec, ["status"] = status,
        };
    }

    private static string[] Path(ResourceDefinition resource, string field, string ofTheServer) => JsonPath.Steps(
        resource.Custom?.Scale is { } scale ? scale.GetProperty(field).GetString()! : ofTheServer);

    private static string? Selector(JsonNode? selector) =>
        selector?["matchLabels"] is JsonObject pairs ? CoreColumns.Pairs(pairs) : null;
}
