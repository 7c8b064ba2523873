using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>Conditions of pods and nodes, each of its type once.</summary>
internal static class Conditions
{
    /// <summary>Sets a condition; its time of transition stays where its status does.</summary>
    /// <returns>Whether anything is different now.</returns>
    public static bool Set(JsonObject obj, string type, string status, string? reason, string? message, DateTimeOffset now)
    {
        JsonArray conditions = obj.Part("status").List("conditions");
        JsonObject? condition = conditions.OfType<JsonObject>().FirstOrDefault(each => (string?)each["type"] == type);
        if (condition is not null && (string?)condition["status"] == status && (string?)condition["reason"] == reason
            && (string?)condition["message"] == message)
        {
            return false;
        }

        if (condition is null)
        {
            conditions.Add((JsonNode)(condition = new JsonObject { ["type"] = type }));
        }

        if ((string?)condition["status"] != status)
        {
            condition["lastTransitionTime"] = ObjectStore.Timestamp(now);
        }

        condition["status"] = status;
        Put(condition, "reason", reason);
        Put(condition, "message", message);
        return true;
    }

    private static void Put(JsonObject condition, string name, string? value)
    {
        if (value is null)
        {
            condition.Remove(name);
        }
        else
        {
            condition[name] = value;
        }
    }
}
