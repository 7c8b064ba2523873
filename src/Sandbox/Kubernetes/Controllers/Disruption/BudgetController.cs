using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;

/// <summary>
/// Keeps the status of PodDisruptionBudgets: how many pods they cover, how many are healthy and must be, and so how many may be evicted.
/// </summary>
internal sealed class BudgetController(ControlContext context) : IController
{
    // How long an eviction that was allowed counts as under way where the pod shows no sign of it.
    private static readonly TimeSpan DeletionTimeout = TimeSpan.FromMinutes(2);
    private static readonly EventSource Source = new("controllermanager");

    private readonly SelectorCache _budgets = new(
        ResourceType.PodDisruptionBudgets, budget => budget.Spec.At("selector") is { } selector ? LabelSelector.Of(selector) : null);

    private static readonly string[] Counts = ["currentHealthy", "desiredHealthy", "expectedPods"];

    private static readonly GroupResource[] Scalable =
        [ResourceType.StatefulSets, ResourceType.Deployments, ResourceType.ReplicaSets];

    public string Name => "disruption-controller";

    public void Observe(StoreEvent change)
    {
        if (change.Object.Key.Resource == _budgets.Resource)
        {
            _budgets.Observe(change);
            context.Loop.Enqueue(this, change.Object.Key);
        }
        else if (change.Object.Key.Resource == PodCache.Resource)
        {
            EnqueueOf(change.Object);
            if (change.Previous is { } before && !SameLabels(before, change.Object))
            {
                EnqueueOf(before);
            }
        }
        else if (Scalable.Contains(change.Object.Key.Resource)
            && change.Previous?.Spec.Number("replicas") != change.Object.Spec.Number("replicas"))
        {
            // Real budgets learn of it by the pods; a set that is made larger has a higher goal at once when the next pod tells.
            foreach (PodFacts pod in context.Pods.ControlledBy(change.Object.Uid).Take(1))
            {
                EnqueueOf(pod.Object);
            }
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Store.Find(key) is not { } budget)
        {
            return;
        }

        List<PodFacts> pods = _budgets.Find(key) is { } selector ? [.. context.Pods.Select(key.Namespace!, selector)] : [];
        if (!TryExpect(budget, pods, out int expected, out int desired, out string failure))
        {
            context.Events.Warning(
                Source, budget, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {failure}");
            WriteFailure(budget, failure);
            return;
        }

        if (pods.Count == 0)
        {
            context.Events.Normal(Source, budget, "NoPods", "No matching pods found");
        }

        Dictionary<string, DateTimeOffset> disrupted = Disrupted(budget, pods);
        int healthy = pods.Count(pod => !pod.IsTerminating && !disrupted.ContainsKey(pod.Name) && pod.IsReady);
        int allowed = expected <= 0 ? 0 : Math.Max(0, healthy - desired);
        Write(budget, expected, desired, healthy, allowed, disrupted);
        if (disrupted.Count > 0)
        {
            context.Loop.EnqueueAfter(
                disrupted.Values.Min() + DeletionTimeout - context.Now, $"an eviction under budget {key.Name} times out", this, key);
        }
    }

    private void EnqueueOf(StoredObject pod)
    {
        foreach (ObjectKey budget in _budgets.Choosing(pod.Namespace!, pod.Labels))
        {
            context.Loop.Enqueue(this, budget);
        }
    }

    private static bool SameLabels(StoredObject one, StoredObject other) =>
        one.Labels.Count == other.Labels.Count && one.Labels.All(each => other.Labels.GetValueOrDefault(each.Key) == each.Value);

    private bool TryExpect(StoredObject budget, List<PodFacts> pods, out int expected, out int desired, out string failure)
    {
        failure = "";
        if (budget.Spec.At("maxUnavailable") is { } unavailable)
        {
            bool isKnown = TryScale(pods, out expected, out failure);
            desired = Math.Max(0, expected - Percentage.Of(unavailable, expected, roundsUp: true));
            return isKnown;
        }

        JsonElement available = budget.Spec.At("minAvailable") ?? JsonElement.Parse("1");
        if (!Percentage.IsShare(available))
        {
            (expected, desired) = (pods.Count, Percentage.Of(available, pods.Count, roundsUp: true));
            return true;
        }

        bool isScaled = TryScale(pods, out expected, out failure);
        desired = Percentage.Of(available, expected, roundsUp: true);
        return isScaled;
    }

    // The sum of what the controllers of the pods are to have: pods that do not exist yet count.
    private bool TryScale(List<PodFacts> pods, out int expected, out string failure)
    {
        Dictionary<string, int> scales = new(StringComparer.Ordinal);
        (expected, failure) = (0, "");
        foreach (PodFacts pod in pods)
        {
            if (pod.Controller is not { } owner)
            {
                failure = $"found no controller ref for pod \"{pod.Name}\"";
                return false;
            }

            if (scales.ContainsKey(owner.Uid))
            {
                continue;
            }

            if (Scale(pod.Namespace, owner) is not { } scale)
            {
                failure = $"found no controllers for pod \"{pod.Name}\"";
                return false;
            }

            scales[scale.Uid] = scales[owner.Uid] = scale.Replicas;
        }

        // A Deployment stands for all its replica sets, of which each was noted too.
        expected = scales.Where(each => !IsBelow(each.Key, scales, pods)).Sum(each => each.Value);
        return true;
    }

    private bool IsBelow(string uid, Dictionary<string, int> scales, List<PodFacts> pods) => pods
        .Where(pod => pod.Controller?.Uid == uid)
        .Select(pod => context.Store.Find(ResourceType.ReplicaSets, pod.Namespace, pod.Controller!.Name)).Take(1)
        .Any(set => set is not null && OwnerReference.ControllerOf(set) is { } above && above.Uid != uid && scales.ContainsKey(above.Uid));

    private (string Uid, int Replicas)? Scale(string @namespace, OwnerReference owner)
    {
        ResourceType? type = owner.Kind switch
        {
            "StatefulSet" => ResourceType.StatefulSets,
            "ReplicaSet" => ResourceType.ReplicaSets,
            "Deployment" => ResourceType.Deployments,
            _ => null,
        };
        if (type is null || context.Store.Find(type, @namespace, owner.Name) is not { } found || found.Uid != owner.Uid)
        {
            return null;
        }

        return type == ResourceType.ReplicaSets && OwnerReference.ControllerOf(found) is { Kind: "Deployment" } deployment
            ? Scale(@namespace, deployment)
            : (found.Uid, (int)(found.Spec.Number("replicas") ?? 1));
    }

    // Evictions that were allowed and that the pods do not show yet.
    private Dictionary<string, DateTimeOffset> Disrupted(StoredObject budget, List<PodFacts> pods)
    {
        HashSet<string> there = [.. pods.Where(pod => !pod.IsTerminating).Select(pod => pod.Name)];
        return budget.Status.At("disruptedPods") is { } disrupted
            ? disrupted.EnumerateObject().Select(each => (each.Name, At: disrupted.Time(each.Name)!.Value))
                .Where(each => there.Contains(each.Name) && each.At + DeletionTimeout > context.Now)
                .ToDictionary(each => each.Name, each => each.At, StringComparer.Ordinal)
            : [];
    }

    private void Write(
        StoredObject budget, int expected, int desired, int healthy, int allowed, Dictionary<string, DateTimeOffset> disrupted)
    {
        JsonElement status = budget.Status;
        long generation = budget.Metadata.Number("generation") ?? 0;
        int noted = status.At("disruptedPods") is { } map ? map.EnumerateObject().Count() : 0;
        if (status.Number("currentHealthy") == healthy && status.Number("desiredHealthy") == desired
            && status.Number("expectedPods") == expected && status.Number("disruptionsAllowed") == allowed
            && status.Number("observedGeneration") == generation && noted == disrupted.Count
            && status.Items("conditions").Any(each => each.Text("reason") == (allowed > 0 ? "SufficientPods" : "InsufficientPods")))
        {
            return;
        }

        context.UpdateStatus(budget.Key, obj =>
        {
            JsonObject now = obj.Part("status");
            now["currentHealthy"] = healthy;
            now["desiredHealthy"] = desired;
            now["expectedPods"] = expected;
            now["disruptionsAllowed"] = allowed;
            now["observedGeneration"] = generation;
            now.Remove("disruptedPods");
            foreach ((string name, DateTimeOffset at) in disrupted)
            {
                now.Part("disruptedPods")[name] = ObjectStore.Timestamp(at);
            }

            BudgetStatus.SetCondition(obj, allowed, context.Now);
            return true;
        });
    }

    // As the real controller: no eviction is allowed while the count is not known.
    private void WriteFailure(StoredObject budget, string failure) => context.UpdateStatus(budget.Key, obj =>
    {
        JsonObject status = obj.Part("status");
        status["disruptionsAllowed"] = 0;
        foreach (string count in Counts)
        {
            status[count] ??= 0;
        }

        status["observedGeneration"] = budget.Metadata.Number("generation") ?? 0;
        BudgetStatus.SetCondition(obj, isAllowed: false, "SyncFailed", failure, context.Now);
        return true;
    });
}
