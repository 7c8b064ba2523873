using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>The counters of a StatefulSet's status. Like the real controller it counts pods as they were when the look began.</summary>
internal sealed record StatefulSetStatus
{
    public long ObservedGeneration { get; init; }

    public long Replicas { get; init; }

    public long ReadyReplicas { get; init; }

    public long AvailableReplicas { get; init; }

    public long CurrentReplicas { get; init; }

    public long UpdatedReplicas { get; init; }

    public string? CurrentRevision { get; init; }

    public string? UpdateRevision { get; init; }

    public long CollisionCount { get; init; }

    public static StatefulSetStatus Of(JsonElement status) => new()
    {
        ObservedGeneration = status.Number("observedGeneration") ?? 0,
        Replicas = status.Number("replicas") ?? 0,
        ReadyReplicas = status.Number("readyReplicas") ?? 0,
        AvailableReplicas = status.Number("availableReplicas") ?? 0,
        CurrentReplicas = status.Number("currentReplicas") ?? 0,
        UpdatedReplicas = status.Number("updatedReplicas") ?? 0,
        CurrentRevision = status.Text("currentRevision"),
        UpdateRevision = status.Text("updateRevision"),
        CollisionCount = status.Number("collisionCount") ?? 0,
    };

    /// <summary>Counts pods into a status that names its revisions.</summary>
    public StatefulSetStatus Count(IEnumerable<PodFacts> pods, TimeSpan minReady, DateTimeOffset now)
    {
        long replicas = 0, ready = 0, available = 0, current = 0, updated = 0;
        foreach (PodFacts pod in pods)
        {
            replicas++;
            ready += pod.IsRunningAndReady ? 1 : 0;
            available += pod.IsAvailable(minReady, now) ? 1 : 0;
            string? revision = pod.Labels.GetValueOrDefault(StatefulPods.RevisionLabel);
            if (!pod.IsTerminating)
            {
                current += revision == CurrentRevision ? 1 : 0;
                updated += revision == UpdateRevision ? 1 : 0;
            }
        }

        return this with
        {
            Replicas = replicas,
            ReadyReplicas = ready,
            AvailableReplicas = available,
            CurrentReplicas = current,
            UpdatedReplicas = updated,
        };
    }

    /// <summary>After a rolling update that reached every pod the new revision is the current one.</summary>
    public StatefulSetStatus CompleteUpdate(StatefulSet set) =>
        !set.UpdatesOnDelete && UpdatedReplicas == Replicas && ReadyReplicas == Replicas
            ? this with { CurrentReplicas = UpdatedReplicas, CurrentRevision = UpdateRevision }
            : this;

    /// <summary>As it is written; counters of nothing are left out where the API leaves them out.</summary>
    public JsonObject Render()
    {
        JsonObject status = new()
        {
            ["observedGeneration"] = ObservedGeneration, ["replicas"] = Replicas, ["availableReplicas"] = AvailableReplicas,
        };
        foreach ((string name, long count) in new[]
        {
            ("readyReplicas", ReadyReplicas), ("currentReplicas", CurrentReplicas), ("updatedReplicas", UpdatedReplicas),
        })
        {
            if (count > 0)
            {
                status[name] = count;
            }
        }

        status["currentRevision"] = CurrentRevision;
        status["updateRevision"] = UpdateRevision;
        status["collisionCount"] = CollisionCount;
        return status;
    }
}
