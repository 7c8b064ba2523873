using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator.Rolling;

/// <summary>A roll that the StatefulSet does by itself: the operator only watches it.</summary>
internal static class StatefulSetRoll
{
    public static RollStep Watch(Component component, JsonObject statefulSet)
    {
        int updated = (int?)statefulSet["status"]?["updatedReplicas"] ?? 0;
        return updated < component.Replicas ? RollStep.Wait(
            $"{updated} of {component.Replicas} pods are of the newest revision") : RollStep.Done;
    }
}
