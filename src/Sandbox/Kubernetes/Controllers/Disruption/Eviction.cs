using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;

/// <summary>
/// Decides on an eviction, the subresource of pods, as kube-apiserver 1.34 does: against the one budget that covers the pod, by what its
/// status says. Safe for threads.
/// </summary>
public static class Eviction
{
    private const int MostDisrupted = 2000;

    /// <summary>Evicts a pod: takes it out of its budget's allowance, marks it and asks for its deletion.</summary>
    /// <param name="api">The API.</param>
    /// <param name="namespace">The pod's namespace.</param>
    /// <param name="name">The pod's name.</param>
    /// <param name="options">How to delete it. Default: as the pod itself says.</param>
    /// <exception cref="StatusException">
    /// There is no such pod (404), its budget does not allow it (429), it has several budgets (500), or it is not the one meant (409).
    /// </exception>
    public static void Evict(KubernetesApi api, string @namespace, string name, DeletionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        ObjectKey key = new(ResourceType.Pods, @namespace, name);
        StoredObject pod = api.Store.Find(key) ?? throw StatusException.NotFound(key);
        options ??= new DeletionOptions();
        options = options with { Uid = options.Uid ?? pod.Uid };
        PodFacts facts = new(pod);
        if (facts.HasEnded || facts.Phase == "Pending" || facts.IsTerminating)
        {
            // Nothing that a budget protects.
            api.Delete(key, options);
            return;
        }

        List<StoredObject> budgets = Budgets(api.Store, pod);
        if (budgets.Count > 1)
        {
            throw new StatusException(
                500, null, "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (budgets.Count == 1 && !IsAllowedUnhealthy(facts, budgets[0]))
        {
            Take(api, budgets[0].Key, name, options.IsDryRun);
        }

        if (!options.IsDryRun)
        {
            Mark(api, key);
        }

        api.Delete(key, options);
    }

    private static List<StoredObject> Budgets(ObjectStore store, StoredObject pod) =>
    [
        .. store.List(ResourceType.PodDisruptionBudgets, pod.Namespace).Objects
            .Where(budget => budget.Spec.At("selector") is { } selector && LabelSelector.Of(selector).Matches(pod.Labels)),
    ];

    // A pod that runs and is not ready may go where that costs no health.
    private static bool IsAllowedUnhealthy(PodFacts pod, StoredObject budget) => !pod.IsReady
        && (budget.Spec.Text("unhealthyPodEvictionPolicy") == "AlwaysAllow"
            || (budget.Status.Number("desiredHealthy") is > 0 and long desired && budget.Status.Number("currentHealthy") >= desired));

    private static void Take(KubernetesApi api, ObjectKey budget, string pod, bool isDryRun) => api.UpdateStatus(
        budget,
        obj =>
        {
            Refuse(budget, obj);
            JsonObject status = obj.Part("status");
            long left = (long)status["disruptionsAllowed"]! - 1;
            status["disruptionsAllowed"] = left;
            if (left == 0)
            {
                BudgetStatus.SetCondition(obj, left, api.Store.Clock.GetUtcNow());
            }

            status.Part("disruptedPods")[pod] = ObjectStore.Timestamp(api.Store.Clock.GetUtcNow());
            return true;
        },
        new WriteOptions { FieldManager = "apiserver", IsDryRun = isDryRun });

    private static void Refuse(ObjectKey budget, JsonObject obj)
    {
        JsonNode? status = obj["status"];
        long allowed = (long?)status?["disruptionsAllowed"] ?? 0;
        if (((long?)status?["observedGeneration"] ?? 0) < ((long?)obj["metadata"]!["generation"] ?? 0))
        {
            throw TooMany($"The disruption budget {budget.Name} is still being processed by the server.", retryAfter: 10);
        }

        if ((status?["disruptedPods"] as JsonObject)?.Count > MostDisrupted)
        {
            throw new StatusException(
                403,
                "Forbidden",
                $"poddisruptionbudget.policy \"{budget.Name}\" is forbidden: " +
                "DisruptedPods map too big - too many evictions not confirmed by PDB controller");
        }

        if (allowed > 0)
        {
            return;
        }

        JsonNode? condition = (status?["conditions"] as JsonArray)?.FirstOrDefault(each => (string?)each!["type"] == "DisruptionAllowed");
        long healthy = (long?)status?["currentHealthy"] ?? 0;
        long desired = (long?)status?["desiredHealthy"] ?? 0;
        throw TooMany((string?)condition?["reason"] == "SyncFailed"
            ? $"The disruption budget {budget.Name} does not allow evicting pods currently because it failed sync: {condition["message"]}"
            : healthy <= desired
                ? $"The disruption budget {budget.Name} needs {desired} healthy pods and has {healthy} currently"
                : $"The disruption budget {budget.Name} does not allow evicting pods currently");
    }

    private static void Mark(KubernetesApi api, ObjectKey pod) => api.UpdateStatus(
        pod,
        obj =>
        {
            Conditions.Set(
                obj, "DisruptionTarget", "True", "EvictionByEvictionAPI", "Eviction API: evicting", api.Store.Clock.GetUtcNow());
            return true;
        },
        new WriteOptions { FieldManager = "kube-apiserver" });

    private static StatusException TooMany(string cause, int retryAfter = 0)
    {
        JsonObject details = new()
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = cause }),
        };
        if (retryAfter > 0)
        {
            details["retryAfterSeconds"] = retryAfter;
        }

        return new StatusException(
            429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", details);
    }
}
