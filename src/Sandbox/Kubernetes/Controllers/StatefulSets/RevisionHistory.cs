using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>Keeps the revisions of StatefulSets as ControllerRevision objects.</summary>
internal sealed class RevisionHistory(ControlContext context)
{
    private const string HashLabel = "controller.kubernetes.io/hash";

    /// <summary>The revisions of a set, the oldest first.</summary>
    public IReadOnlyList<Revision> Of(StatefulSet set) =>
    [
        .. context.Owners.Of(set.Uid, ResourceType.ControllerRevisions).Select(Revision.Of)
            .OrderBy(each => each.Number).ThenBy(each => each.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// The revision that pods have so far and the one that they should have, which is written where it is new, and made the latest where
    /// it is an older one again.
    /// </summary>
    public (Revision Current, Revision Update, long Collisions) Resolve(StatefulSet set, IReadOnlyList<Revision> known)
    {
        StatefulSetStatus status = StatefulSetStatus.Of(set.Object.Status);
        long collisions = status.CollisionCount;
        long next = (known.Count > 0 ? known[^1].Number : 0) + 1;
        Revision update = Revision.Of(set, next, collisions);
        if (known.LastOrDefault(each => each.IsSameAs(update)) is not { } same)
        {
            (update, collisions) = Create(set, update, collisions);
        }
        else if (same.Number == known[^1].Number)
        {
            update = same;
        }
        else
        {
            update = Revision.Of(context.Api.Update(same.Object!.Key, obj =>
            {
                obj["revision"] = next;
                return true;
            }));
        }

        return (known.FirstOrDefault(each => each.Name == status.CurrentRevision) ?? update, update, collisions);
    }

    /// <summary>Deletes the oldest revisions that no pod has, beyond what the set keeps.</summary>
    public void Truncate(StatefulSet set, IReadOnlyList<Revision> known, IEnumerable<PodFacts> pods, params ReadOnlySpan<Revision> used)
    {
        if (known.Count <= set.RevisionHistoryLimit)
        {
            return;
        }

        HashSet<string?> live = [.. pods.Select(pod => pod.Labels.GetValueOrDefault(StatefulPods.RevisionLabel))];
        foreach (Revision each in used)
        {
            live.Add(each.Name);
        }

        List<Revision> history = [.. known.Where(each => !live.Contains(each.Name))];
        foreach (Revision old in history.Take(Math.Max(0, history.Count - set.RevisionHistoryLimit)))
        {
            context.Delete(old.Object!);
        }
    }

    private (Revision Revision, long Collisions) Create(StatefulSet set, Revision revision, long collisions)
    {
        while (true)
        {
            try
            {
                return (Revision.Of(context.Api.Create(ResourceType.ControllerRevisions, Render(set, revision))), collisions);
            }
            catch (StatusException e) when (e.IsAlreadyExists)
            {
                ObjectKey key = new(ResourceType.ControllerRevisions, set.Namespace, revision.Name);
                if (context.Store.Find(key) is { } there && Revision.Of(there).IsSameAs(revision))
                {
                    return (Adopt(set, there), collisions);
                }

                revision = Revision.Of(set, revision.Number, ++collisions);
            }
        }
    }

    // What an earlier set of this name left behind, whose deletion orphaned it.
    private Revision Adopt(StatefulSet set, StoredObject orphan) => OwnerReference.ControllerOf(orphan) is not null
        ? Revision.Of(orphan)
        : Revision.Of(context.Api.Update(orphan.Key, obj =>
        {
            obj.Part("metadata").List("ownerReferences").Add((JsonNode)OwnerReference.ToController(set.Object));
            return true;
        }));

    private static JsonObject Render(StatefulSet set, Revision revision)
    {
        JsonObject labels = [];
        foreach ((string name, string value) in set.Object.Spec.Texts("template", "metadata", "labels"))
        {
            labels[name] = value;
        }

        labels[HashLabel] = revision.Name[(set.Name.Length + 1)..];
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ControllerRevision",
            ["metadata"] = new JsonObject
            {
                ["name"] = revision.Name,
                ["namespace"] = set.Namespace,
                ["labels"] = labels,
                ["ownerReferences"] = new JsonArray(OwnerReference.ToController(set.Object)),
            },
            ["data"] = revision.Data.DeepClone(),
            ["revision"] = revision.Number,
        };
    }
}
