using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes.Health;

namespace Orchestrator.Activities.Kubernetes.Health;

/// <summary>Reads disruption budgets, and which of them select the same pods.</summary>
internal static class BudgetReading
{
    public static async Task<string> ReadAsync(IKubernetes client, HealthScope scope, HealthReading reading, DateTimeOffset now)
    {
        int count = 0;
        foreach (string @namespace in scope.Namespaces)
        {
            ResourceList budgets = await client.ListAsync(ResourceType.PodDisruptionBudgets, @namespace, null, ActivityCall.Token);
            count += budgets.Items.Count;
            reading.Add(budgets.Items.SelectMany(budget => WorkloadHealth.Check(HealthObjects.Budget(budget), now)));
            if (budgets.Items.Count > 1)
            {
                await OverlapAsync(client, @namespace, budgets.Items, reading);
            }
        }

        return $"disruption budgets: {count}";
    }

    // One finding for each set of budgets, with one of its pods.
    private static async Task OverlapAsync(
        IKubernetes client, string @namespace, IReadOnlyList<JsonObject> budgets, HealthReading reading)
    {
        HashSet<string> told = [];
        await foreach (JsonObject pod in client.StreamAsync(ResourceType.Pods, @namespace, null, ActivityCall.Token))
        {
            string[] selecting =
            [
                .. budgets.Where(budget => LabelSelector.Selects(budget["spec"]?["selector"], pod)).Select(HealthObjects.FullName)
                    .Order(StringComparer.Ordinal),
            ];
            if (selecting.Length > 1 && told.Add(string.Join(' ', selecting)))
            {
                reading.Add(WorkloadHealth.Overlap(HealthObjects.FullName(pod), selecting));
            }
        }
    }
}
