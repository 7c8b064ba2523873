using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Deployments;

/// <summary>
/// Rolls a Deployment over from one replica set to the next: the new one grows as far as the surge lets it, the old ones shrink as far as
/// enough pods are available; one step at a look.
/// </summary>
internal sealed class DeploymentController(ControlContext context) : IController
{
    private static readonly GroupResource Deployments = ResourceType.Deployments;
    private static readonly GroupResource Sets = ResourceType.ReplicaSets;
    private static readonly EventSource Source = new("deployment-controller");

    private readonly DeploymentStatus _status = new(context);

    public string Name => "deployment-controller";

    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == Deployments)
        {
            context.Loop.Enqueue(this, change.Object.Key);
        }
        else if (change.Object.Key.Resource == Sets && OwnerReference.ControllerOf(change.Object) is { Kind: "Deployment" } owner)
        {
            context.Loop.Enqueue(this, new ObjectKey(Deployments, change.Object.Namespace, owner.Name));
        }
        else if (change.Object.Key.Resource == PodCache.Resource && change.Type == StoreEventType.Deleted
            && OwnerReference.ControllerOf(change.Object) is { Kind: "ReplicaSet" } set
            && context.Store.Find(ResourceType.ReplicaSets, change.Object.Namespace, set.Name) is { } found
            && OwnerReference.ControllerOf(found) is { Kind: "Deployment" } above)
        {
            context.Loop.Enqueue(this, new ObjectKey(Deployments, change.Object.Namespace, above.Name));
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { IsBeingDeleted: false } stored)
        {
            return;
        }

        Deployment deployment = new(stored);
        List<StoredObject> sets = [.. context.Owners.Of(stored.Uid, Sets)];
        JsonObject template = deployment.Template;
        StoredObject? current = sets.FirstOrDefault(set => JsonNode.DeepEquals(Deployment.Bare(set), template));
        bool isNew = false;
        if (current is null && !deployment.IsPaused && MayBegin(deployment, sets))
        {
            (current, isNew) = (Create(deployment, sets), true);
            sets.Add(current);
        }

        List<StoredObject> old = [.. sets.Where(set => set != current)];
        if (current is not null && !isNew)
        {
            current = SetRevision(deployment, current, old);
        }

        if (current is not null && !deployment.IsPaused)
        {
            Roll(deployment, current, old);
        }

        if (_status.Write(deployment, sets, current, isNew))
        {
            context.Loop.EnqueueAfter(deployment.ProgressDeadline, $"deployment {key.Name} is late", this, key);
        }
        else
        {
            Clean(deployment, old);
        }
    }

    // One that recreates waits until the pods of before are gone.
    private bool MayBegin(Deployment deployment, List<StoredObject> sets)
    {
        if (!deployment.Recreates)
        {
            return true;
        }

        foreach (StoredObject set in sets.Where(set => Replicas(set) > 0))
        {
            Scale(deployment, set, 0);
        }

        return sets.All(set => context.Pods.ControlledBy(set.Uid).All(pod => pod.HasEnded));
    }

    private void Roll(Deployment deployment, StoredObject current, List<StoredObject> old)
    {
        int total = old.Sum(Replicas) + Replicas(current);
        int wanted = deployment.Replicas;
        int grown = Replicas(current) > wanted ? wanted
            : Replicas(current) + Math.Max(0, Math.Min(wanted + deployment.MaxSurge - total, wanted - Replicas(current)));
        if (grown != Replicas(current))
        {
            Scale(deployment, current, grown);
            return;
        }

        int least = wanted - deployment.MaxUnavailable;
        int missing = Replicas(current) - (int)(current.Status.Number("availableReplicas") ?? 0);
        int surplus = total - least - missing;
        if (surplus <= 0)
        {
            return;
        }

        // First the old pods that are of no use, then those that are one too many.
        int available = old.Append(current).Sum(set => (int)(set.Status.Number("availableReplicas") ?? 0));
        int removable = Math.Max(0, available - least);
        foreach (StoredObject set in old.Where(set => Replicas(set) > 0))
        {
            int useless = Math.Min(surplus, Replicas(set) - (int)(set.Status.Number("availableReplicas") ?? 0));
            int left = Math.Max(0, Replicas(set) - Math.Max(0, useless));
            int more = Math.Min(left, Math.Min(removable, surplus - Math.Max(0, useless)));
            if (left - more < Replicas(set))
            {
                (surplus, removable) = (surplus - (Replicas(set) - left) - more, removable - more);
                Scale(deployment, set, left - more);
            }
        }
    }

    private StoredObject Create(Deployment deployment, IReadOnlyList<StoredObject> old)
    {
        string hash = TemplateHash.Of(new JsonObject { ["template"] = deployment.Template }, 0);
        int first = deployment.Recreates
            ? deployment.Replicas
            : Math.Clamp(deployment.Replicas + deployment.MaxSurge - old.Sum(Replicas), 0, deployment.Replicas);
        JsonObject template = deployment.Template;
        template.Part("metadata").Part("labels")[Deployment.HashLabel] = hash;
        JsonObject selector = (JsonObject)deployment.Object.Spec.At("selector")!.Value.Copy();
        selector.Part("matchLabels")[Deployment.HashLabel] = hash;
        JsonObject set = new()
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["namespace"] = deployment.Object.Namespace,
                ["labels"] = template["metadata"]!["labels"]!.DeepClone(),
                ["annotations"] = Annotations(deployment, NextRevision(old)),
                ["ownerReferences"] = new JsonArray(OwnerReference.ToController(deployment.Object)),
            },
            ["spec"] = new JsonObject { ["replicas"] = first, ["selector"] = selector, ["template"] = template },
        };
        if (deployment.Object.Spec.Number("minReadySeconds") is > 0 and long seconds)
        {
            set["spec"]!["minReadySeconds"] = seconds;
        }

        StoredObject created = context.Api.Create(ResourceType.ReplicaSets, set);
        SetRevision(deployment, NextRevision(old));
        if (first > 0)
        {
            context.Events.Normal(
                Source, deployment.Object, "ScalingReplicaSet", $"Scaled up replica set {created.Name} from 0 to {first}");
        }

        return created;
    }

    // An older one that is wanted again becomes the latest.
    private StoredObject SetRevision(Deployment deployment, StoredObject current, IReadOnlyList<StoredObject> old)
    {
        long revision = Math.Max(Revision(current), NextRevision(old));
        SetRevision(deployment, revision);
        return revision == Revision(current) ? current : context.Api.Update(current.Key, obj =>
        {
            obj.Part("metadata").Part("annotations")[Deployment.RevisionAnnotation] = $"{revision}";
            return true;
        });
    }

    private void SetRevision(Deployment deployment, long revision)
    {
        if (deployment.Object.Metadata.Text("annotations", Deployment.RevisionAnnotation) == $"{revision}"
            || context.Store.Find(deployment.Object.Key) is not { } now)
        {
            return;
        }

        // The real controller writes it along with the status, which is why it counts no generation.
        JsonObject annotated = now.ToJson();
        annotated.Part("metadata").Part("annotations")[Deployment.RevisionAnnotation] = $"{revision}";
        context.Store.Replace(now, annotated);
    }

    private void Scale(Deployment deployment, StoredObject set, int replicas)
    {
        int before = Replicas(set);
        context.Api.Update(set.Key, obj =>
        {
            obj.Part("spec")["replicas"] = replicas;
            foreach ((string name, JsonNode? value) in Annotations(deployment, Revision(set)))
            {
                obj.Part("metadata").Part("annotations")[name] = value!.DeepClone();
            }

            return true;
        });
        string what = replicas > before ? "up" : "down";
        context.Events.Normal(
            Source, deployment.Object, "ScalingReplicaSet", $"Scaled {what} replica set {set.Name} from {before} to {replicas}");
    }

    private void Clean(Deployment deployment, List<StoredObject> old)
    {
        List<StoredObject> done =
        [
            .. old.Where(set => Replicas(set) == 0 && (set.Status.Number("replicas") ?? 0) == 0 && !set.IsBeingDeleted).OrderBy(Revision),
        ];
        foreach (StoredObject set in done.Take(Math.Max(0, old.Count - deployment.RevisionHistoryLimit)))
        {
            context.Delete(set);
        }
    }

    private static JsonObject Annotations(Deployment deployment, long revision) => new()
    {
        ["deployment.kubernetes.io/desired-replicas"] = $"{deployment.Replicas}",
        ["deployment.kubernetes.io/max-replicas"] = $"{deployment.Replicas + deployment.MaxSurge}",
        [Deployment.RevisionAnnotation] = $"{revision}",
    };

    private static long NextRevision(IEnumerable<StoredObject> old) => old.Select(Revision).DefaultIfEmpty(0).Max() + 1;

    private static long Revision(StoredObject set) =>
        long.TryParse(set.Metadata.Text("annotations", Deployment.RevisionAnnotation), out long revision) ? revision : 0;

    private static int Replicas(StoredObject set) => (int)(set.Spec.Number("replicas") ?? 1);
}
