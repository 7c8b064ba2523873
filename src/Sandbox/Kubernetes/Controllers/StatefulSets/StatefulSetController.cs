using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>
/// Keeps the pods of StatefulSets as the controller of Kubernetes 1.34 does:
/// 1. resolve the revisions; 2. create missing pods, in order unless the set is parallel; 3. delete those beyond the wanted number, the
/// highest first; 4. of a rolling update delete the highest outdated pod, one at a time, once all pods above it are available; with
/// <c>OnDelete</c> none; 5. write the counters, as they were when the look began.
/// </summary>
internal sealed class StatefulSetController(ControlContext context) : IController
{
    private static readonly GroupResource Sets = ResourceType.StatefulSets;

    private readonly RevisionHistory _history = new(context);
    private readonly StatefulPods _pods = new(context);

    public string Name => "statefulset-controller";

    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == Sets)
        {
            context.Loop.Enqueue(this, change.Object.Key);
        }
        else if (change.Object.Key.Resource == PodCache.Resource)
        {
            EnqueueOwner(change.Object);
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } stored)
        {
            return;
        }

        StatefulSet set = new(stored);
        if (AdoptOrphans(set))
        {
            // The pods are looked at once the change has been read.
            context.Loop.Enqueue(this, key);
            return;
        }

        List<PodFacts> pods = [.. context.Pods.ControlledBy(set.Uid).Where(set.IsMember)];
        IReadOnlyList<Revision> known = _history.Of(set);
        (Revision current, Revision update, long collisions) = _history.Resolve(set, known);
        StatefulSetStatus status = new StatefulSetStatus
        {
            ObservedGeneration = stored.Metadata.Number("generation") ?? 0,
            CurrentRevision = current.Name,
            UpdateRevision = update.Name,
            CollisionCount = collisions,
        }.Count(pods, set.MinReady, context.Now);
        try
        {
            status = Advance(set, current, update, status, pods);
        }
        finally
        {
            Write(set, status.CompleteUpdate(set));
        }

        _history.Truncate(set, known, pods, current, update);
        LookAgainWhenAvailable(set, pods);
    }

    private void EnqueueOwner(StoredObject pod)
    {
        if (OwnerReference.ControllerOf(pod) is { Kind: "StatefulSet" } owner)
        {
            context.Loop.Enqueue(this, new ObjectKey(Sets, pod.Namespace, owner.Name));
        }
        else if (pod.Name.LastIndexOf('-') is > 0 and int dash
            && new ObjectKey(Sets, pod.Namespace, pod.Name[..dash]) is var key && context.Store.Find(key) is not null)
        {
            context.Loop.Enqueue(this, key);
        }
    }

    private bool AdoptOrphans(StatefulSet set)
    {
        List<PodFacts> orphans =
        [
            .. context.Pods.Orphans(set.Namespace).Where(
                pod => !set.IsBeingDeleted && !pod.IsTerminating && set.IsMember(pod) && set.Selector.Matches(pod.Labels)),
        ];
        foreach (PodFacts orphan in orphans)
        {
            _pods.Adopt(set, orphan);
        }

        return orphans.Count > 0;
    }

    private StatefulSetStatus Advance(
        StatefulSet set, Revision current, Revision update, StatefulSetStatus status, IReadOnlyList<PodFacts> pods)
    {
        PodFacts?[] members = new PodFacts?[set.Replicas];
        List<PodFacts> condemned = [];
        foreach (PodFacts pod in pods)
        {
            int index = pod.Ordinal - set.Start;
            if (index >= 0 && index < members.Length)
            {
                members[index] = pod;
            }
            else
            {
                condemned.Add(pod);
            }
        }

        if (set.IsBeingDeleted)
        {
            return status;
        }

        bool isBlocked = false;
        for (int index = 0; index < members.Length && !isBlocked; index++)
        {
            isBlocked = Keep(set, current, update, members[index], set.Start + index) && !set.IsParallel;
        }

        if (isBlocked || Condemn(set, members, condemned) || set.UpdatesOnDelete)
        {
            return status;
        }

        return Roll(set, update, status, members);
    }

    /// <summary>Sees to one wanted pod; true where an ordered set waits for it.</summary>
    private bool Keep(StatefulSet set, Revision current, Revision update, PodFacts? pod, int ordinal)
    {
        if (pod is null)
        {
            _pods.Create(set, IsOfCurrentRevision(set, ordinal) ? current : update, ordinal);
            return true;
        }

        if (pod.HasEnded)
        {
            if (!pod.IsTerminating)
            {
                _pods.TellOfReplacement(set, pod);
                _pods.Delete(set, pod);
            }

            return true;
        }

        if (pod.Phase == "Pending")
        {
            _pods.CreateMissingClaims(set, ordinal);
        }

        return pod.IsTerminating || !pod.IsAvailable(set.MinReady, context.Now);
    }

    private static bool IsOfCurrentRevision(StatefulSet set, int ordinal) =>
        !set.UpdatesOnDelete && ordinal < set.Start + set.Partition;

    /// <summary>Deletes pods beyond the wanted number; true where an ordered set waits for one.</summary>
    private bool Condemn(StatefulSet set, IReadOnlyList<PodFacts?> members, List<PodFacts> condemned)
    {
        PodFacts? firstUnhealthy = members.Concat(condemned.OrderByDescending(pod => pod.Ordinal))
            .FirstOrDefault(pod => pod is not null && (pod.IsTerminating || !pod.IsRunningAndReady));
        foreach (PodFacts pod in condemned.OrderByDescending(pod => pod.Ordinal))
        {
            if (pod.IsTerminating)
            {
                if (!set.IsParallel)
                {
                    return true;
                }

                continue;
            }

            if (!set.IsParallel && !pod.IsAvailable(set.MinReady, context.Now) && pod != firstUnhealthy)
            {
                return true;
            }

            _pods.Delete(set, pod);
            if (!set.IsParallel)
            {
                return true;
            }
        }

        return false;
    }

    private StatefulSetStatus Roll(StatefulSet set, Revision update, StatefulSetStatus status, IReadOnlyList<PodFacts?> members)
    {
        for (int index = members.Count - 1; index >= set.Partition; index--)
        {
            if (members[index] is not { } pod)
            {
                // It was created just now.
                return status;
            }

            if (pod.Labels.GetValueOrDefault(StatefulPods.RevisionLabel) != update.Name && !pod.IsTerminating)
            {
                _pods.Delete(set, pod);
                return status with { CurrentReplicas = Math.Max(0, status.CurrentReplicas - 1) };
            }

            if (!pod.IsAvailable(set.MinReady, context.Now))
            {
                return status;
            }
        }

        return status;
    }

    private void Write(StatefulSet set, StatefulSetStatus status)
    {
        if (status == StatefulSetStatus.Of(set.Object.Status) && set.Object.Status.At("replicas") is not null)
        {
            return;
        }

        context.UpdateStatus(set.Object.Key, obj =>
        {
            obj["status"] = status.Render();
            return true;
        });
    }

    private void LookAgainWhenAvailable(StatefulSet set, IEnumerable<PodFacts> pods)
    {
        if (set.MinReady == TimeSpan.Zero)
        {
            return;
        }

        DateTimeOffset? next = pods.Where(pod => pod.IsReady && !pod.IsAvailable(set.MinReady, context.Now))
            .Select(pod => pod.ReadySince + set.MinReady).Min();
        if (next is { } at)
        {
            context.Loop.EnqueueAfter(at - context.Now, $"pods of {set.Name} become available", this, set.Object.Key);
        }
    }
}
