using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Deployments;

/// <summary>Writes how far the roll of a Deployment is.</summary>
internal sealed class DeploymentStatus(ControlContext context)
{
    /// <summary>Counts over the replica sets and writes; true while the roll goes on.</summary>
    public bool Write(Deployment deployment, IReadOnlyList<StoredObject> sets, StoredObject? current, bool isNew)
    {
        long replicas = Sum(sets, "replicas"), ready = Sum(sets, "readyReplicas"), available = Sum(sets, "availableReplicas");
        long updated = current?.Status.Number("replicas") ?? 0;
        long generation = deployment.Object.Metadata.Number("generation") ?? 0;
        bool isComplete = updated == deployment.Replicas && replicas == deployment.Replicas && available == deployment.Replicas
            && (current is null || current.Status.Number("observedGeneration") == current.Metadata.Number("generation"));
        context.UpdateStatus(deployment.Object.Key, obj =>
        {
            JsonObject status = obj.Part("status");
            long before = ((long?)status["updatedReplicas"] ?? 0) + ((long?)status["availableReplicas"] ?? 0);
            bool hasMoved = updated + available > before || ((long?)status["replicas"] ?? 0) > replicas;
            status["observedGeneration"] = generation;
            foreach ((string name, long count) in new[]
            {
                ("replicas", replicas), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", available),
                ("unavailableReplicas", Math.Max(0, replicas - available)),
            })
            {
                status.Remove(name);
                if (count > 0)
                {
                    status[name] = count;
                }
            }

            SetAvailable(obj, available >= deployment.Replicas - deployment.MaxUnavailable);
            SetProgressing(obj, deployment, current?.Name ?? "", isNew, isComplete, hasMoved);
            return true;
        });
        return !isComplete;
    }

    private void SetAvailable(JsonObject obj, bool isAvailable) => Set(
        obj,
        "Available",
        isAvailable,
        isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        isAvailable ? "Deployment has minimum availability." : "Deployment does not have minimum availability.",
        isUpdate: false);

    private void SetProgressing(JsonObject obj, Deployment deployment, string set, bool isNew, bool isComplete, bool hasMoved)
    {
        JsonNode? before = (obj["status"]!["conditions"] as JsonArray)?.FirstOrDefault(each => (string?)each!["type"] == "Progressing");
        string? reason = (string?)before?["reason"];
        if (isComplete)
        {
            Set(obj, "Progressing", true, "NewReplicaSetAvailable", $"ReplicaSet \"{set}\" has successfully progressed.", isUpdate: true);
        }
        else if (isNew || before is null)
        {
            Set(obj, "Progressing", true, "NewReplicaSetCreated", $"Created new replica set \"{set}\"", isUpdate: true);
        }
        else if (hasMoved || reason == "NewReplicaSetAvailable")
        {
            Set(obj, "Progressing", true, "ReplicaSetUpdated", $"ReplicaSet \"{set}\" is progressing.", isUpdate: true);
        }
        else if (DateTimeOffset.Parse((string)before["lastUpdateTime"]!) + deployment.ProgressDeadline <= context.Now)
        {
            Set(obj, "Progressing", false, "ProgressDeadlineExceeded", $"ReplicaSet \"{set}\" has timed out progressing.", isUpdate: true);
        }
    }

    private void Set(JsonObject obj, string type, bool holds, string reason, string message, bool isUpdate)
    {
        bool isChanged = Conditions.Set(obj, type, holds ? "True" : "False", reason, message, context.Now);
        JsonNode condition = ((JsonArray)obj["status"]!["conditions"]!).First(each => (string?)each!["type"] == type)!;
        if (isChanged || (isUpdate && reason == "ReplicaSetUpdated"))
        {
            condition["lastUpdateTime"] = context.Timestamp;
        }
    }

    private static long Sum(IEnumerable<StoredObject> sets, string field) => sets.Sum(each => each.Status.Number(field) ?? 0);
}
