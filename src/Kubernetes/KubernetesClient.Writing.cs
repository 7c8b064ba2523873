using System.Text.Json.Nodes;

namespace Orchestrator.Kubernetes;

/// <content>
/// Writes. All carry the field manager, and ask the server to refuse fields that it does not know rather than drop them, as kubectl does.
/// </content>
public sealed partial class KubernetesClient
{
    /// <summary>Creates an object; its <c>metadata</c> holds <c>name</c> or <c>generateName</c>. Answers with what was created.</summary>
    /// <exception cref="KubernetesException">The name is taken (<see cref="KubernetesException.IsAlreadyExists"/>), or the call failed.</exception>
    public Task<JsonObject> CreateAsync(ResourceType type, string? @namespace, JsonObject obj, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(obj);
        ResourceAddress address = ResourceAddress.NewObject(type, @namespace);
        JsonNode? metadata = obj["metadata"];
        string description = address.Describe(metadata?["name"]?.GetValue<string>(), metadata?["generateName"]?.GetValue<string>());
        return WriteAsync("CREATE", HttpMethod.Post, description, address.Path + WriteQuery(), obj, "application/json", cancellationToken);
    }

    /// <summary>Posts to a part of an object that acts, such as <c>token</c> of a service account or <c>binding</c> of a pod.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<JsonObject> CreateAsync(
        ResourceType type, string? @namespace, string name, string subresource, JsonObject obj, CancellationToken cancellationToken)
    {
        ResourceAddress address = ResourceAddress.Object(type, @namespace, name, subresource);
        return WriteAsync("CREATE", HttpMethod.Post, address.ToString(), address.Path + WriteQuery(), obj, "application/json", cancellationToken);
    }

    /// <summary>
    /// Puts the object in the place of the one that is there. With a <c>metadata.resourceVersion</c>, only if that is still the version
    /// there. Answers with what is there now.
    /// </summary>
    /// <exception cref="KubernetesException">The object has changed (<see cref="KubernetesException.IsConflict"/>), or the call failed.</exception>
    public Task<JsonObject> ReplaceAsync(
        ResourceType type, string? @namespace, string name, JsonObject obj, string? subresource, CancellationToken cancellationToken)
    {
        ResourceAddress address = ResourceAddress.Object(type, @namespace, name, subresource);
        return WriteAsync("REPLACE", HttpMethod.Put, address.ToString(), address.Path + WriteQuery(), obj, "application/json", cancellationToken);
    }

    /// <summary>Server-side apply: the fields of <paramref name="obj"/> become so, and ours. Answers with what is there now.</summary>
    /// <exception cref="KubernetesException">Another manager owns a field (<see cref="KubernetesException.IsConflict"/>), or the call failed.</exception>
    public Task<JsonObject> ApplyAsync(
        ResourceType type, string? @namespace, string name, JsonObject obj, ApplyOptions? options, CancellationToken cancellationToken)
    {
        options ??= new ApplyOptions();
        ResourceAddress address = ResourceAddress.Object(type, @namespace, name, options.Subresource);
        QueryText query = WriteQuery(options.FieldManager).Add("force", options.Force).Add("dryRun", options.DryRun ? "All" : null);
        return WriteAsync("APPLY", HttpMethod.Patch, address.ToString(), address.Path + query, obj, "application/apply-patch+yaml", cancellationToken);
    }

    /// <summary>JSON merge patch (RFC 7386): lists are replaced as a whole, null removes. Answers with what is there now.</summary>
    /// <exception cref="KubernetesException">The call failed.</exception>
    public Task<JsonObject> MergePatchAsync(
        ResourceType type, string? @namespace, string name, JsonObject patch, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(ResourceAddress.Object(type, @namespace, name, subresource), patch, "application/merge-patch+json", cancellationToken);

    /// <summary>
    /// Strategic merge patch: lists are merged by their key, such as containers by name. Only for kinds that come with the server, not for
    /// custom resources. Answers with what is there now.
    /// </summary>
    /// <exception cref="KubernetesException">The call failed; 415 for a custom resource.</exception>
    public Task<JsonObject> StrategicMergePatchAsync(
        ResourceType type, string? @namespace, string name, JsonObject patch, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(ResourceAddress.Object(type, @namespace, name, subresource), patch, "application/strategic-merge-patch+json", cancellationToken);

    /// <summary>JSON patch (RFC 6902): <c>test</c> operations make it conditional. Answers with what is there now.</summary>
    /// <exception cref="KubernetesException">A test does not hold (422 <see cref="StatusReasons.Invalid"/>), or the call failed.</exception>
    public Task<JsonObject> JsonPatchAsync(
        ResourceType type, string? @namespace, string name, JsonArray patch, string? subresource, CancellationToken cancellationToken) =>
        PatchAsync(ResourceAddress.Object(type, @namespace, name, subresource), patch, "application/json-patch+json", cancellationToken);

    /// <summary>Asks for the object's deletion, which finalizers and a grace period may delay.</summary>
    /// <exception cref="KubernetesException">
    /// It is not there (<see cref="KubernetesException.IsNotFound"/>), a precondition does not hold
    /// (<see cref="KubernetesException.IsConflict"/>), or the call failed.
    /// </exception>
    public Task DeleteAsync(ResourceType type, string? @namespace, string name, DeleteOptions? options, CancellationToken cancellationToken)
    {
        ResourceAddress address = ResourceAddress.Object(type, @namespace, name);
        JsonObject body = (options ?? new DeleteOptions()).ToJson();
        return WriteAsync("DELETE", HttpMethod.Delete, address.ToString(), address.Path, body, "application/json", cancellationToken);
    }

    private Task<JsonObject> PatchAsync(ResourceAddress address, JsonNode patch, string contentType, CancellationToken cancellationToken) =>
        WriteAsync("PATCH", HttpMethod.Patch, address.ToString(), address.Path + WriteQuery(), patch, contentType, cancellationToken);

    private Task<JsonObject> WriteAsync(
        string verb, HttpMethod method, string resource, string path, JsonNode body, string contentType, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(body);
        return _connection.SendForObjectAsync(
            new ApiRequest(verb, method, resource, path) { Body = body, ContentType = contentType }, cancellationToken);
    }

    private QueryText WriteQuery(string? fieldManager = null) =>
        new QueryText().Add("fieldManager", fieldManager ?? Options.FieldManager).Add("fieldValidation", "Strict");
}
