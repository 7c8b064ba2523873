using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Patches;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Kubernetes.Tables;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers requests for objects: read, write, delete.</summary>
internal sealed class ResourceRequests(KubernetesApi api)
{
    private readonly Listing _listing = new(api.Store);
    private readonly Watching _watching = new(api.Store);

    /// <summary>Answers a request.</summary>
    public Task AnswerAsync(ApiRequest request) => request.Verb switch
    {
        "get" => GetAsync(request),
        "list" => _listing.AnswerAsync(request),
        "watch" => _watching.AnswerAsync(request),
        "create" => CreateAsync(request),
        "update" => UpdateAsync(request),
        "patch" => PatchAsync(request),
        "delete" => DeleteAsync(request),
        "deletecollection" => DeleteAllAsync(request),
        _ => throw StatusException.MethodNotAllowed(),
    };

    private Task GetAsync(ApiRequest request)
    {
        StoredObject obj = api.Store.Find(request.Key) ?? throw StatusException.NotFound(request.Key);
        return AnswerAsync(request, obj);
    }

    private async Task CreateAsync(ApiRequest request)
    {
        if (request.Name is not null)
        {
            throw StatusException.MethodNotAllowed();
        }

        if (request.Resource.IsNamespaced && request.Namespace is null)
        {
            throw StatusException.MethodNotAllowed();
        }

        JsonObject obj = await ReadObjectAsync(request);
        await AnswerAsync(request, api.Create(request.Resource, request.Namespace, obj, request.WriteOptions()), 201);
    }

    private async Task UpdateAsync(ApiRequest request)
    {
        JsonObject obj = await ReadObjectAsync(request);
        if (request.Resource.Custom is not null && (string?)obj["metadata"]?["resourceVersion"] is not { Length: > 0 })
        {
            throw StatusException.Invalid(
                request.Resource.Group,
                request.Resource.Plural,
                request.Name!,
                [FieldError.Invalid("metadata.resourceVersion", 0, "must be specified for an update")]);
        }

        await AnswerAsync(
            request,
            api.Change(request.Resource, request.Key, request.Subresource, _ => (JsonObject)obj.DeepClone(), request.WriteOptions()));
    }

    private async Task PatchAsync(ApiRequest request)
    {
        string type = (request.Http.Request.ContentType ?? "").Split(';')[0];
        if (type is not ("application/apply-patch+yaml" or "application/apply-patch+json" or "application/json-patch+json"
            or "application/merge-patch+json" or "application/strategic-merge-patch+json"))
        {
            throw new StatusException(415, "UnsupportedMediaType", "415: Unsupported Media Type", []);
        }

        JsonNode patch = await RequestBody.ReadAsync(request.Http);
        if (type is "application/apply-patch+yaml" or "application/apply-patch+json")
        {
            if (request.Query("fieldManager") is null)
            {
                throw StatusException.Invalid(
                    "meta.k8s.io", "PatchOptions", "", [FieldError.Required("fieldManager", "is required for apply patch")]);
            }

            (StoredObject applied, bool isNew) = api.Apply(
                request.Resource, request.Key, request.Subresource, Named(request, (JsonObject)patch), request.WriteOptions());
            await AnswerAsync(request, applied, isNew ? 201 : 200);
            return;
        }

        Func<JsonObject, JsonObject> apply = (type, patch) switch
        {
            ("application/json-patch+json", JsonArray operations) => obj => JsonPatch.Apply(obj, operations),
            ("application/merge-patch+json", JsonObject) => obj => (JsonObject)MergePatch.Apply(obj, patch)!,
            ("application/strategic-merge-patch+json", JsonObject changes) when request.Resource.Custom is null =>
                obj => StrategicMergePatch.Apply(obj, changes, request.Resource.Schema),
            _ => throw StatusException.UnsupportedMediaType(
                request.Resource.Custom is null
                    ? "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, " +
                        "application/apply-patch+yaml"
                    : "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"),
        };
        await AnswerAsync(
            request,
            api.Change(
                request.Resource, request.Key, request.Subresource, before => apply(before.ToJson()),
                request.WriteOptions() with
                {
                    IsPatch = true,
                    StrategicPatch = type == "application/strategic-merge-patch+json" ? (JsonObject)patch : null,
                }));
    }

    private async Task DeleteAsync(ApiRequest request)
    {
        DeletionOptions options = await ReadDeletionAsync(request);
        StoredObject? left = api.Delete(request.Key, options, out StoredObject last);
        if (left is not null)
        {
            await AnswerAsync(request, left);
            return;
        }

        // The last state of pods and services, the news of success for everything else.
        if (request.Resource.Key == GroupResource.FromResourceType(ResourceType.Pods)
            || request.Resource.Key == GroupResource.FromResourceType(ResourceType.Services))
        {
            await AnswerAsync(request, last);
            return;
        }

        JsonObject details = new() { ["name"] = last.Name };
        if (request.Resource.Group.Length > 0)
        {
            details["group"] = request.Resource.Group;
        }

        details["kind"] = request.Resource.Plural;
        details["uid"] = last.Uid;
        await ObjectWriter.AnswerAsync(request.Http, new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        });
    }

    private async Task DeleteAllAsync(ApiRequest request)
    {
        DeletionOptions options = await ReadDeletionAsync(request);
        Selection selection = Selection.Of(request);
        ObjectList list = api.Store.List(request.Resource.Key, request.Namespace);
        List<StoredObject> gone = [.. list.Objects.Where(selection.Matches)];
        foreach (StoredObject obj in gone)
        {
            try
            {
                api.Delete(obj.Key, options);
            }
            catch (StatusException e) when (e.IsNotFound)
            {
                // Gone by itself.
            }
        }

        await _listing.AnswerAsync(request, gone);
    }

    private static async Task<DeletionOptions> ReadDeletionAsync(ApiRequest request)
    {
        JsonObject body = await RequestBody.ReadOptionalAsync(request.Http) ?? [];
        string? dryRun = (string?)(body["dryRun"] as JsonArray)?.FirstOrDefault();
        bool orphans = request.Query("orphanDependents") == "true" || (bool?)body["orphanDependents"] == true;
        return new DeletionOptions
        {
            GracePeriodSeconds = long.TryParse(request.Query("gracePeriodSeconds"), out long seconds)
                ? seconds : body["gracePeriodSeconds"]?.GetValue<long>(),
            Uid = (string?)body["preconditions"]?["uid"],
            ResourceVersion = (string?)body["preconditions"]?["resourceVersion"],
            PropagationPolicy = request.Query("propagationPolicy") ?? (string?)body["propagationPolicy"] ?? (orphans ? "Orphan" : null),
            IsDryRun = request.IsDryRun() || dryRun == "All",
        };
    }

    private Task AnswerAsync(ApiRequest request, StoredObject obj, int code = 200) =>
        request.WantsTable
            ? ObjectWriter.AnswerAsync(
                request.Http,
                Table.Of(
                    request,
                    [obj],
                    new JsonObject { ["resourceVersion"] = ObjectStore.Text(obj.ResourceVersion) },
                    api.Store.Clock.GetUtcNow()),
                code)
        : request.WantsMetadata ? ObjectWriter.AnswerAsync(request.Http, ObjectWriter.Metadata(obj), code)
        : ObjectWriter.AnswerAsync(request.Http, obj, request.Resource, code);

    private static async Task<JsonObject> ReadObjectAsync(ApiRequest request)
    {
        if (await RequestBody.ReadAsync(request.Http) is not JsonObject obj)
        {
            throw StatusException.BadRequest("the body of the request is no object");
        }

        return Named(request, obj);
    }

    // The body may leave out what the address says, and must not contradict it.
    private static JsonObject Named(ApiRequest request, JsonObject obj)
    {
        string? kind = (string?)obj["kind"];
        string? apiVersion = (string?)obj["apiVersion"];
        if ((kind ?? request.Resource.Kind) != request.Resource.Kind
            || (apiVersion ?? request.Resource.ApiVersion) != request.Resource.ApiVersion)
        {
            string version = apiVersion?.Split('/')[^1] ?? request.Resource.Version;
            string internalGroup = request.Resource.Group.Length == 0 ? "core" : request.Resource.Group.Split('.')[0];
            throw StatusException.BadRequest(
                $"{kind} in version \"{version}\" cannot be handled as a {request.Resource.Kind}: converting ({version}.{kind}) to " +
                $"({internalGroup}.{request.Resource.Kind}): unknown conversion");
        }

        if (request.Name is not null)
        {
            JsonObject metadata = obj["metadata"] as JsonObject ?? [];
            obj["metadata"] = metadata;
            metadata["name"] ??= request.Name;
        }

        return obj;
    }
}
