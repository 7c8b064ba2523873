using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;
using Orchestrator.Sandbox.Kubernetes.Tables;

namespace Orchestrator.Sandbox.Kubernetes.Serving;

/// <summary>Answers watches: a line for every change, until the client goes or the time is over.</summary>
internal sealed class Watching(ObjectStore store)
{
    // Those of the real server: a bookmark a minute, and half an hour to an hour where the client does not say.
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromMinutes(30);

    /// <summary>Answers a watch.</summary>
    public async Task AnswerAsync(ApiRequest request)
    {
        Selection selection = Selection.Of(request);
        string? version = request.Query("resourceVersion");
        bool sendsList = version is null or "0" || request.Flag("sendInitialEvents");
        ObjectList list = store.List(request.Resource.Key, request.Namespace);
        if (!sendsList && !long.TryParse(version, out _))
        {
            throw new StatusException(
                500, null, $"resourceVersion: Invalid value: \"{version}\": strconv.ParseUint: parsing \"{version}\": invalid syntax");
        }

        HttpResponse response = request.Http.Response;
        response.ContentType = "application/json";
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(request.Http.RequestAborted);
        over.CancelAfter(int.TryParse(request.Query("timeoutSeconds"), out int seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds) : LongestWatch);
        EventWriter events = new(request, store.Clock);
        StoreReader reader;
        try
        {
            reader = store.WatchFrom(
                request.Resource.Key,
                sendsList ? list.Revision : long.Parse(version!),
                $"watch of {request.Resource.Plural} by {request.Http.Request.Headers.UserAgent.ToString().Split('/')[0]}");
        }
        catch (StatusException e) when (e.Code == 410)
        {
            // The real server finds out after it has begun to answer.
            await events.WriteAsync("ERROR", e.ToJson());
            return;
        }

        using (reader)
        {
            if (sendsList)
            {
                await SendListAsync(request, selection, list, events);
            }

            await response.BodyWriter.FlushAsync(over.Token);
            await SendChangesAsync(request, selection, reader, events, over.Token);
        }
    }

    private static async Task SendListAsync(ApiRequest request, Selection selection, ObjectList list, EventWriter events)
    {
        foreach (StoredObject obj in list.Objects.Where(selection.Matches))
        {
            await events.WriteAsync("ADDED", obj);
        }

        if (request.Flag("sendInitialEvents"))
        {
            await events.BookmarkAsync(list.Revision, isEndOfList: true);
        }
    }

    private async Task SendChangesAsync(
        ApiRequest request, Selection selection, StoreReader reader, EventWriter events, CancellationToken over)
    {
        bool wantsBookmarks = request.Flag("allowWatchBookmarks");
        while (!over.IsCancellationRequested)
        {
            while (reader.TryRead(out StoreEvent? change))
            {
                if (TypeOf(change, selection) is { } type)
                {
                    await events.WriteAsync(type, change.Object);
                }
            }

            await request.Http.Response.BodyWriter.FlushAsync(over);
            long revision = store.Revision;
            switch (await WaitAsync(reader, over))
            {
                case null:
                    if (wantsBookmarks)
                    {
                        await events.BookmarkAsync(revision, isEndOfList: false);
                    }

                    break;
                case false:
                    return;
                default:
                    break;
            }
        }
    }

    // True where there is more to read, false at the end, null where it is time for a bookmark.
    private static async Task<bool?> WaitAsync(StoreReader reader, CancellationToken over)
    {
        using CancellationTokenSource bookmark = CancellationTokenSource.CreateLinkedTokenSource(over);
        bookmark.CancelAfter(BookmarkInterval);
        try
        {
            return await reader.WaitAsync(bookmark.Token);
        }
        catch (OperationCanceledException)
        {
            return over.IsCancellationRequested ? false : null;
        }
    }

    // What the change is to somebody who sees nothing but what is selected.
    private static string? TypeOf(StoreEvent change, Selection selection)
    {
        bool was = change.Previous is { } previous && selection.Matches(previous);
        bool isNow = change.Type != StoreEventType.Deleted && selection.Matches(change.Object);
        return (was, isNow) switch
        {
            (true, true) => "MODIFIED",
            (false, true) => "ADDED",
            (true, false) => "DELETED",
            _ => null,
        };
    }

    private sealed class EventWriter(ApiRequest request, TimeProvider clock)
    {
        private bool _hasColumns;

        public Task WriteAsync(string type, StoredObject obj)
        {
            if (request.WantsTable)
            {
                JsonObject table = Table.Of(request, [obj], new JsonObject { ["resourceVersion"] = ObjectStore.Text(obj.ResourceVersion) },
                    clock.GetUtcNow());
                if (_hasColumns)
                {
                    table["columnDefinitions"] = null;
                }

                _hasColumns = true;
                return WriteAsync(type, table);
            }

            return request.WantsMetadata
                ? WriteAsync(type, ObjectWriter.Metadata(obj))
                : WriteAsync(type, writer => ObjectWriter.Write(writer, obj, request.Resource));
        }

        public Task WriteAsync(string type, JsonObject obj) => WriteAsync(type, writer => obj.WriteTo(writer));

        public Task BookmarkAsync(long revision, bool isEndOfList)
        {
            JsonObject metadata = new() { ["resourceVersion"] = ObjectStore.Text(revision) };
            if (isEndOfList)
            {
                metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
            }

            return WriteAsync("BOOKMARK", new JsonObject
            {
                ["kind"] = request.Resource.Kind, ["apiVersion"] = request.Resource.ApiVersion, ["metadata"] = metadata,
            });
        }

        private async Task WriteAsync(string type, Action<Utf8JsonWriter> write)
        {
            await using (Utf8JsonWriter writer = new(request.Http.Response.BodyWriter, ObjectWriter.Options))
            {
                writer.WriteStartObject();
                writer.WriteString("type", type);
                writer.WritePropertyName("object");
                write(writer);
                writer.WriteEndObject();
            }

            request.Http.Response.BodyWriter.Write("\n"u8);
        }
    }
}
