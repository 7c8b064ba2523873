using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Events;

/// <summary>Writes events as the recorders of the real components do: one that is told again is counted, not written anew.</summary>
internal sealed class EventRecorder(KubernetesApi api)
{
    private readonly Dictionary<(string Component, string? Host, string Uid, string? FieldPath, string Reason, string Message), ObjectKey>
        _told = [];

    private long _last;

    /// <summary>Tells of something normal.</summary>
    public void Normal(EventSource source, StoredObject about, string reason, string message, string? fieldPath = null) =>
        Tell("Normal", source, about, reason, message, fieldPath);

    /// <summary>Tells of something that somebody should look at.</summary>
    public void Warning(EventSource source, StoredObject about, string reason, string message, string? fieldPath = null) =>
        Tell("Warning", source, about, reason, message, fieldPath);

    private void Tell(string type, EventSource source, StoredObject about, string reason, string message, string? fieldPath)
    {
        DateTimeOffset now = api.Store.Clock.GetUtcNow();
        var told = (source.Component, source.Host, about.Uid, fieldPath, reason, message);
        if (_told.TryGetValue(told, out ObjectKey key) && Count(key, now))
        {
            return;
        }

        try
        {
            _told[told] = api.Create(ResourceType.Events, Render(type, source, about, reason, message, fieldPath, now)).Key;
        }
        catch (StatusException)
        {
            // As with a real recorder: what cannot be told (the namespace is going) is lost.
        }
    }

    private bool Count(ObjectKey key, DateTimeOffset now)
    {
        try
        {
            api.Update(key, told =>
            {
                if (told["eventTime"] is not null)
                {
                    JsonObject series = told.Part("series");
                    series["count"] = ((int?)series["count"] ?? 1) + 1;
                    series["lastObservedTime"] = Micro(now);
                }
                else
                {
                    told["count"] = ((int?)told["count"] ?? 1) + 1;
                    told["lastTimestamp"] = ObjectStore.Timestamp(now);
                }

                return true;
            });
            return true;
        }
        catch (StatusException)
        {
            return false;
        }
    }

    // As the real recorders name events, by the nanosecond; no two of them have the same, and later ones have the higher.
    private long Number(DateTimeOffset now) => _last = Math.Max(_last + 1, (now - DateTimeOffset.UnixEpoch).Ticks * 100);

    private JsonObject Render(
        string type, EventSource source, StoredObject about, string reason, string message, string? fieldPath, DateTimeOffset now)
    {
        JsonObject involved = new()
        {
            ["kind"] = about.Json.Text("kind"),
            ["name"] = about.Name,
            ["uid"] = about.Uid,
            ["apiVersion"] = about.Json.Text("apiVersion"),
            ["resourceVersion"] = ObjectStore.Text(about.ResourceVersion),
        };
        if (about.Namespace is { } @namespace)
        {
            involved["namespace"] = @namespace;
        }

        if (fieldPath is not null)
        {
            involved["fieldPath"] = fieldPath;
        }

        JsonObject told = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{about.Name}.{Number(now):x}",
                ["namespace"] = about.Namespace ?? "default",
            },
            ["involvedObject"] = involved,
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = type,
            ["reportingComponent"] = source.Component,
            ["reportingInstance"] = source.Host ?? "",
        };
        if (source.Action is { } action)
        {
            told["action"] = action;
            told["eventTime"] = Micro(now);
            told["reportingInstance"] = $"{source.Component}-sandbox";
            return told;
        }

        told["source"] = new JsonObject { ["component"] = source.Component };
        if (source.Host is { } host)
        {
            told["source"]!["host"] = host;
        }

        told["count"] = 1;
        told["firstTimestamp"] = ObjectStore.Timestamp(now);
        told["lastTimestamp"] = ObjectStore.Timestamp(now);
        return told;
    }

    private static string Micro(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);
}
