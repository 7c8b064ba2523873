using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Errors;
using Orchestrator.Sandbox.Kubernetes.Selectors;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Api;

/// <summary>
/// Deletes a pod where its disruption budget allows it. How many disruptions are allowed is what the budget's status says; each eviction
/// takes one away, until the controller has counted again.
/// </summary>
internal sealed class Evictions(KubernetesApi api)
{
    private const string Refused = "Cannot evict pod as it would violate the pod's disruption budget.";
    private const int RetrySeconds = 10;

    /// <summary>Evicts a pod.</summary>
    /// <exception cref="StatusException">
    /// The budget does not allow it (429), there are two (500), or the pod is not there or not the one that was meant.
    /// </exception>
    public void Evict(ObjectKey key, DeletionOptions options)
    {
        StoredObject pod = api.Store.Find(key) ?? throw StatusException.NotFound(key);
        if (!NeedsNoBudget(pod))
        {
            List<StoredObject> budgets = [.. api.Store.List(ResourceType.PodDisruptionBudgets, pod.Namespace).Objects.Where(Covers)];
            if (budgets.Count > 1)
            {
                throw new StatusException(
                    500,
                    "InternalError",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
            }

            if (budgets.Count == 1 && !MayGoUnhealthy(pod, budgets[0]))
            {
                Take(budgets[0], pod, options.IsDryRun);
            }
        }

        api.Delete(key, options with { Uid = options.Uid ?? pod.Uid });

        bool Covers(StoredObject budget) =>
            budget.Spec.TryGetProperty("selector", out JsonElement selector) && LabelMatch.Matches(selector, pod.Labels);
    }

    private static bool NeedsNoBudget(StoredObject pod) =>
        pod.IsBeingDeleted
        || (pod.Status.TryGetProperty("phase", out JsonElement phase) && phase.GetString() is "Succeeded" or "Failed" or "Pending");

    private static bool MayGoUnhealthy(StoredObject pod, StoredObject budget)
    {
        bool isReady = pod.Status.TryGetProperty("conditions", out JsonElement conditions) && conditions.EnumerateArray().Any(each =>
            each.GetProperty("type").GetString() == "Ready" && each.GetProperty("status").GetString() == "True");
        if (isReady)
        {
            return false;
        }

        string policy = budget.Spec.TryGetProperty("unhealthyPodEvictionPolicy", out JsonElement given) ? given.GetString()! : "";
        long desired = Number(budget, "desiredHealthy");
        return policy == "AlwaysAllow" || (Number(budget, "currentHealthy") >= desired && desired > 0);
    }

    private void Take(StoredObject budget, StoredObject pod, bool isDryRun) => api.UpdateStatus(
        budget.Key,
        obj =>
        {
            JsonObject status = obj["status"] as JsonObject ?? [];
            long allowed = status["disruptionsAllowed"]?.GetValue<long>() ?? 0;
            if ((obj.ObservedGeneration() ?? 0) < obj.Generation())
            {
                throw TooMany($"The disruption budget {budget.Name} is still being processed by the server.", RetrySeconds);
            }

            if (allowed <= 0)
            {
                throw TooMany(
                    $"The disruption budget {budget.Name} needs {status["desiredHealthy"] ?? 0} healthy pods and has " +
                    $"{status["currentHealthy"] ?? 0} currently",
                    0);
            }

            status["disruptionsAllowed"] = allowed - 1;
            JsonObject disrupted = status["disruptedPods"] as JsonObject ?? [];
            disrupted[pod.Name] = ObjectStore.Timestamp(api.Store.Clock.GetUtcNow());
            status["disruptedPods"] = disrupted;
            obj["status"] = status;
            return true;
        },
        new WriteOptions { FieldManager = "kube-apiserver", IsDryRun = isDryRun });

    private static StatusException TooMany(string cause, int retrySeconds)
    {
        JsonObject details = new()
        {
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = "DisruptionBudget", ["message"] = cause }),
        };
        if (retrySeconds > 0)
        {
            details["retryAfterSeconds"] = retrySeconds;
        }

        return new StatusException(429, "TooManyRequests", Refused, details);
    }

    private static long Number(StoredObject budget, string field) =>
        budget.Status.TryGetProperty(field, out JsonElement value) ? value.GetInt64() : 0;
}
