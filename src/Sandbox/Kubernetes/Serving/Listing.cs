using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Kubernetes.Tables;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers lists: a page of the objects at one revision.</summary>
internal sealed class Listing(ObjectStore store)
{
    /// <summary>Answers a list.</summary>
    public Task AnswerAsync(ApiRequest request)
    {
        Selection selection = Selection.Of(request);
        (long? revision, string? after) = Start(request);
        ObjectList list = ListAt(request, revision, isContinued: after is not null);
        List<StoredObject> matching = [.. list.Objects.Where(selection.Matches)];
        List<StoredObject> left = after is null ? matching : [.. matching.SkipWhile(obj => Order(obj, after) <= 0)];
        int limit = int.TryParse(request.Query("limit"), out int asked) && asked > 0 ? asked : int.MaxValue;
        List<StoredObject> page = [.. left.Take(limit)];
        JsonObject metadata = new() { ["resourceVersion"] = ObjectStore.Text(list.Revision) };
        if (left.Count > page.Count)
        {
            metadata["continue"] = Token(list.Revision, page[^1]);
            if (selection.IsAll)
            {
                metadata["remainingItemCount"] = left.Count - page.Count;
            }
        }

        if (request.Resource.Custom is not null && !request.WantsTable)
        {
            metadata["continue"] ??= "";
        }

        return request.WantsTable
            ? ObjectWriter.AnswerAsync(request.Http, Table.Of(request, page, metadata, store.Clock.GetUtcNow()))
            : ObjectWriter.AnswerAsync(request.Http, 200, writer => Write(writer, request, page, metadata));
    }

    /// <summary>Answers with objects that are gone.</summary>
    public Task AnswerAsync(ApiRequest request, List<StoredObject> gone)
    {
        JsonObject metadata = new() { ["resourceVersion"] = ObjectStore.Text(store.Revision) };
        return ObjectWriter.AnswerAsync(request.Http, 200, writer => Write(writer, request, gone, metadata));
    }

    private static void Write(Utf8JsonWriter writer, ApiRequest request, List<StoredObject> page, JsonObject metadata)
    {
        bool isPartial = request.WantsMetadata;
        writer.WriteStartObject();
        writer.WriteString("kind", isPartial ? "PartialObjectMetadataList" : request.Resource.ListKind);
        writer.WriteString("apiVersion", isPartial ? "meta.k8s.io/v1" : request.Resource.ApiVersion);
        writer.WritePropertyName("metadata");
        metadata.WriteTo(writer);
        writer.WriteStartArray("items");
        foreach (StoredObject obj in page)
        {
            if (isPartial)
            {
                ObjectWriter.Metadata(obj).WriteTo(writer);
            }
            else
            {
                ObjectWriter.Write(writer, obj, request.Resource, namesKind: request.Resource.Custom is not null);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private ObjectList ListAt(ApiRequest request, long? revision, bool isContinued)
    {
        try
        {
            return store.List(request.Resource.Key, request.Namespace, revision);
        }
        catch (StatusException e) when (e.Code == 410 && isContinued)
        {
            throw StatusException.ExpiredToken();
        }
    }

    // The revision to list at (null: the present), and the key after which the page begins.
    private (long? Revision, string? After) Start(ApiRequest request)
    {
        if (request.Query("continue") is { } token)
        {
            return ReadToken(token);
        }

        if (request.Query("resourceVersion") is not { } text || text == "0")
        {
            return (null, null);
        }

        if (!long.TryParse(text, out long revision))
        {
            throw StatusException.BadRequest(
                $"invalid resource version: resourceVersion: Invalid value: \"{text}\": strconv.ParseUint: " +
                $"parsing \"{text}\": invalid syntax");
        }

        return request.Query("resourceVersionMatch") == "Exact" ? (revision, null)
            : revision > store.Revision ? throw StatusException.TooLargeResourceVersion(revision, store.Revision)
            : (null, null);
    }

    private static int Order(StoredObject obj, string after) => string.CompareOrdinal($"{obj.Namespace}/{obj.Name}", after);

    private static string Token(long revision, StoredObject last) => Convert.ToBase64String(Encoding.UTF8.GetBytes(
        new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = revision, ["start"] = $"{last.Namespace}/{last.Name}" }.ToJsonString()));

    private static (long?, string?) ReadToken(string token)
    {
        try
        {
            JsonNode read = JsonNode.Parse(Convert.FromBase64String(token))!;
            return ((long)read["rv"]!, (string)read["start"]!);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw StatusException.BadRequest("invalid continue token: continue key is not valid: " + e.Message);
        }
    }
}
