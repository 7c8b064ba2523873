using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;

namespace Orchestrator.Activities.Kubernetes.Quotas;

/// <summary>Reads what Kubernetes says of pods that do not come back: they cannot be created, or no node takes them.</summary>
internal static class PodTroubles
{
    private const string FailedCreate = "FailedCreate";
    private const string FailedScheduling = "FailedScheduling";
    private const int Most = 3;
    private const int Longest = 500;

    /// <summary>
    /// The newest of them, each as <c>reason: message</c>, three at most; asked for only where a pod is missing or Pending. That events may
    /// not be read is reported in their place.
    /// </summary>
    /// <param name="client">The API.</param>
    /// <param name="statefulSet">The StatefulSet that makes the pods.</param>
    /// <param name="replicas">How many there should be.</param>
    /// <param name="pods">Those that there are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">The call failed otherwise.</exception>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        IKubernetes client, JsonObject? statefulSet, int replicas, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        if (statefulSet is null || (pods.Count >= replicas && !pods.Any(IsPending)))
        {
            return [];
        }

        try
        {
            ListOptions warnings = new() { FieldSelector = "type=Warning" };
            ResourceList events = await client.ListAsync(ResourceType.Events, statefulSet.Namespace(), warnings, cancellationToken);
            return Of(events.Items, statefulSet, pods);
        }
        catch (ApiException e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            return [$"the reason why a pod does not come back is unknown, since its events may not be read: {e.Message}"];
        }
    }

    /// <summary>As ReadAsync, but for events that were already read. A pure function.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<JsonObject> events, JsonObject statefulSet, IReadOnlyList<JsonObject> pods)
    {
        // What failed before the newest pod was made is over.
        DateTimeOffset? newest = pods.Max(pod => pod.CreatedAt());
        List<string> pending = [.. pods.Where(IsPending).Select(pod => pod.Uid())];
        return
        [
            .. events.Where(seen => IsOfNow(seen, statefulSet, newest, pending))
                .OrderByDescending(At)
                .Select(seen => $"{(string?)seen["reason"]}: {(string?)seen["message"]}")
                .Distinct()
                .Take(Most)
                .Select(text => text.Length <= Longest ? text : $"{text[..Longest]}…"),
        ];
    }

    private static bool IsOfNow(JsonObject seen, JsonObject statefulSet, DateTimeOffset? newest, List<string> pending)
    {
        string? uid = (string?)seen["involvedObject"]?["uid"];
        return (string?)seen["reason"] switch
        {
            FailedCreate => uid == statefulSet.Uid() && !(At(seen) < newest),
            FailedScheduling => uid is not null && pending.Contains(uid),
            _ => false,
        };
    }

    private static bool IsPending(JsonObject pod) => (string?)pod["status"]?["phase"] == "Pending" && pod["spec"]?["nodeName"] is null;

    private static DateTimeOffset? At(JsonObject seen) =>
        ((string?)seen["series"]?["lastObservedTime"] ?? (string?)seen["lastTimestamp"] ?? (string?)seen["eventTime"]) is { } time
            ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
