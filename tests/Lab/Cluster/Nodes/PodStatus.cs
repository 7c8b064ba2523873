using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>Renders the status of a pod as a kubelet writes it.</summary>
internal static class PodStatus
{
    private static readonly string[] KubeletConditions = ["PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"];

    /// <summary>
    /// The whole status. Conditions of others, and times of conditions that did not change, are taken from the pod as it is.
    /// </summary>
    public static JsonObject Render(JsonObject pod, ContainerState state, string hostIp, string podIp, DateTimeOffset now) => new()
    {
        ["phase"] = state.RunningSince is not null || state.LastTermination is not null ? "Running" : "Pending",
        ["hostIP"] = hostIp,
        ["podIP"] = podIp,
        ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = podIp }),
        ["startTime"] = (string?)pod["status"]?["startTime"] ?? Time(now),
        ["conditions"] = Conditions(pod, state, now),
        ["initContainerStatuses"] = new JsonArray(
            [.. Containers(pod, "initContainers").Select(container => InitContainer(container, state, CreatedAt(pod)))]),
        ["containerStatuses"] = new JsonArray([.. Containers(pod, "containers").Select(container => Container(container, state))]),
    };

    private static JsonArray Conditions(JsonObject pod, ContainerState state, DateTimeOffset now)
    {
        JsonArray existing = pod["status"]?["conditions"] as JsonArray ?? [];
        JsonArray conditions = [];
        foreach (string type in KubeletConditions)
        {
            bool isTrue = type switch { "PodReadyToStartContainers" => true, "Initialized" => state.IsInitialized, _ => state.IsReady };
            conditions.Add(Condition(existing, type, isTrue, now));
        }

        foreach (JsonNode? foreign in existing.Where(condition => !KubeletConditions.Contains((string?)condition!["type"])))
        {
            conditions.Add(foreign!.DeepClone());
        }

        return conditions;
    }

    private static JsonObject Condition(JsonArray existing, string type, bool isTrue, DateTimeOffset now)
    {
        string status = isTrue ? "True" : "False";
        JsonNode? before = existing.FirstOrDefault(
            condition => (string?)condition!["type"] == type && (string?)condition["status"] == status);
        JsonObject condition = new()
        {
            ["type"] = type,
            ["status"] = status,
            ["lastTransitionTime"] = (string?)before?["lastTransitionTime"] ?? Time(now),
        };
        if (!isTrue)
        {
            condition["reason"] = type == "Initialized" ? "ContainersNotInitialized" : "ContainersNotReady";
        }

        return condition;
    }

    private static JsonObject InitContainer(JsonNode container, ContainerState state, DateTimeOffset created)
    {
        DateTimeOffset at = state.LastTermination?.StartedAt ?? state.RunningSince ?? created;
        return new()
        {
            ["name"] = (string)container["name"]!,
            ["image"] = (string)container["image"]!,
            ["imageID"] = "",
            ["ready"] = state.IsInitialized,
            ["restartCount"] = 0,
            ["state"] = state.IsInitialized
                ? new JsonObject { ["terminated"] = Terminated(new(0, at, at)) }
                : new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "PodInitializing" } },
        };
    }

    private static JsonObject Container(JsonNode container, ContainerState state)
    {
        JsonObject status = new()
        {
            ["name"] = (string)container["name"]!,
            ["image"] = (string)container["image"]!,
            ["imageID"] = "",
            ["started"] = state.IsStarted,
            ["ready"] = state.IsReady,
            ["restartCount"] = state.RestartCount,
            ["state"] = state.RunningSince is { } since
                ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Time(since) } }
                : new JsonObject { ["waiting"] = Waiting(state) },
        };
        if (state.LastTermination is { } last)
        {
            status["lastState"] = new JsonObject { ["terminated"] = Terminated(last) };
        }

        return status;
    }

    private static JsonObject Waiting(ContainerState state)
    {
        JsonObject waiting = new() { ["reason"] = state.WaitingReason };
        if (state.WaitingMessage is { } message)
        {
            waiting["message"] = message;
        }

        return waiting;
    }

    private static JsonObject Terminated(Termination termination) => new()
    {
        ["exitCode"] = termination.ExitCode,
        ["reason"] = termination.ExitCode == 0 ? "Completed" : "Error",
        ["startedAt"] = Time(termination.StartedAt),
        ["finishedAt"] = Time(termination.FinishedAt),
    };

    private static IEnumerable<JsonNode> Containers(JsonObject pod, string field) =>
        (pod["spec"]![field] as JsonArray ?? []).Select(container => container!);

    private static DateTimeOffset CreatedAt(JsonObject pod) =>
        DateTimeOffset.Parse((string)pod["metadata"]!["creationTimestamp"]!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
