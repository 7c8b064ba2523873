using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>What a request to delete makes of an object: it is removed, or stays and carries when it should go.</summary>
internal sealed record Deletion(JsonObject Object, bool Removes)
{
    // What a pod gets whose specification does not say it.
    private const long GraceOfPods = 30;

    /// <summary>Decides on a request.</summary>
    /// <exception cref="StatusException">The object is not the one that was meant (409).</exception>
    public static Deletion Of(StoredObject before, DeletionOptions options, DateTimeOffset now)
    {
        Refuse(before, options);
        JsonObject obj = before.ToJson();
        JsonObject metadata = (JsonObject)obj["metadata"]!;
        SetPropagation(metadata, options.PropagationPolicy);
        long grace = Grace(before, options);
        if (!before.IsBeingDeleted)
        {
            metadata["deletionTimestamp"] = ObjectStore.Timestamp(now.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
            Count(metadata);
        }
        else if (metadata["deletionGracePeriodSeconds"]?.GetValue<long>() is { } left && grace < left)
        {
            // A second request can only shorten what is left.
            DateTimeOffset asked = DateTimeOffset.Parse((string)metadata["deletionTimestamp"]!).AddSeconds(-left);
            metadata["deletionTimestamp"] = ObjectStore.Timestamp(grace == 0 ? now : asked.AddSeconds(grace));
            metadata["deletionGracePeriodSeconds"] = grace;
        }

        return new Deletion(obj, IsFinished(obj));
    }

    /// <summary>Whether nothing holds an object whose deletion was asked for.</summary>
    public static bool IsFinished(JsonObject obj) =>
        obj["metadata"] is JsonObject metadata
        && metadata["deletionTimestamp"] is not null
        && metadata["finalizers"] is not JsonArray { Count: > 0 }
        && (metadata["deletionGracePeriodSeconds"]?.GetValue<long>() ?? 0) == 0
        && obj["spec"]?["finalizers"] is not JsonArray { Count: > 0 };

    private static void Refuse(StoredObject before, DeletionOptions options)
    {
        if (options.Uid is { } uid && uid != before.Uid)
        {
            throw StatusException.Conflict(
                before,
                $"the UID in the precondition ({uid}) does not match the UID in record ({before.Uid}). " +
                "The object might have been deleted and then recreated");
        }

        if (options.ResourceVersion is { } version && version != ObjectStore.Text(before.ResourceVersion))
        {
            throw StatusException.Conflict(
                before,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record " +
                $"({before.ResourceVersion}). The object might have been modified");
        }
    }

    private static void SetPropagation(JsonObject metadata, string? policy)
    {
        List<string> kept =
        [
            .. (metadata["finalizers"] as JsonArray ?? []).Select(each => (string)each!)
                .Where(each => policy is null || each is not ("orphan" or "foregroundDeletion")),
        ];
        string? added = policy switch { "Orphan" => "orphan", "Foreground" => "foregroundDeletion", _ => null };
        if (added is not null)
        {
            kept.Add(added);
        }

        if (kept.Count > 0)
        {
            metadata["finalizers"] = new JsonArray([.. kept.Select(each => (JsonNode)each)]);
        }
        else
        {
            metadata.Remove("finalizers");
        }
    }

    // A pod that runs nowhere, or has ended, has nothing to end.
    private static long Grace(StoredObject before, DeletionOptions options)
    {
        if (before.Key.Resource != GroupResource.FromResourceType(ResourceType.Pods))
        {
            return 0;
        }

        bool runs = Text(before.Spec, "nodeName") is { Length: > 0 } && Text(before.Status, "phase") is not ("Succeeded" or "Failed");
        return !runs ? 0
            : options.GracePeriodSeconds
                ?? (before.Spec.TryGetProperty("terminationGracePeriodSeconds", out JsonElement own) ? own.GetInt64() : GraceOfPods);
    }

    private static string? Text(JsonElement part, string field) =>
        part.TryGetProperty(field, out JsonElement value) ? value.GetString() : null;

    private static void Count(JsonObject metadata)
    {
        if (metadata["generation"] is { } generation)
        {
            metadata["generation"] = generation.GetValue<long>() + 1;
        }
    }
}
