using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;

/// <summary>The condition <c>DisruptionAllowed</c> of a budget.</summary>
internal static class BudgetStatus
{
    /// <summary>Sets the condition by the number of evictions that are allowed.</summary>
    public static void SetCondition(JsonObject budget, bool isAllowed, string reason, string message, DateTimeOffset now)
    {
        JsonObject status = budget.Part("status");
        JsonArray conditions = status.List("conditions");
        JsonObject? condition = conditions.OfType<JsonObject>().FirstOrDefault(each => (string?)each["type"] == "DisruptionAllowed");
        if (condition is null)
        {
            conditions.Add((JsonNode)(condition = new JsonObject { ["type"] = "DisruptionAllowed" }));
        }

        string value = isAllowed ? "True" : "False";
        if ((string?)condition["status"] != value)
        {
            condition["lastTransitionTime"] = ObjectStore.Timestamp(now);
        }

        condition["status"] = value;
        condition["reason"] = reason;
        condition["message"] = message;
        condition["observedGeneration"] = budget["status"]?["observedGeneration"]?.DeepClone();
    }

    /// <summary>As above, with the reason and no sentence, as both the controller and an eviction write it.</summary>
    public static void SetCondition(JsonObject budget, long allowed, DateTimeOffset now) =>
        SetCondition(budget, allowed > 0, allowed > 0 ? "SufficientPods" : "InsufficientPods", "", now);
}
