using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>What kubectl shows of a pod: how many containers are ready, the state in a word, the restarts.</summary>
internal static class PodStatus
{
    private static readonly string[] Finished = ["Succeeded", "Failed"];

    /// <summary>Ready and all containers, such as <c>1/2</c>.</summary>
    public static string Ready(JsonObject pod) =>
        $"{Statuses(pod, "containerStatuses").Count(each => (bool?)each["ready"] == true)}/" +
        $"{(pod["spec"]?["containers"] as JsonArray)?.Count ?? 0}";

    /// <summary>The state in a word, such as <c>Running</c>, <c>CrashLoopBackOff</c>, <c>Init:0/1</c>, <c>Terminating</c>.</summary>
    public static string Reason(JsonObject pod)
    {
        string phase = (string?)pod["status"]?["phase"] ?? "";
        string reason = (string?)pod["status"]?["reason"] ?? phase;
        bool isInitializing = false;
        List<JsonNode> init = [.. Statuses(pod, "initContainerStatuses")];
        for (int i = 0; i < init.Count; i++)
        {
            JsonNode state = init[i]["state"] ?? new JsonObject();
            if (state["terminated"] is { } ended && (int?)ended["exitCode"] == 0)
            {
                continue;
            }

            isInitializing = true;
            reason = state["terminated"] is { } failed ? $"Init:{Ended(failed)}"
                : (string?)state["waiting"]?["reason"] is { Length: > 0 } waits and not "PodInitializing" ? $"Init:{waits}"
                : $"Init:{i}/{init.Count}";
            break;
        }

        if (!isInitializing)
        {
            reason = OfContainers(pod, reason);
        }

        return pod.DeletedAt() is null ? reason
            : (string?)pod["status"]?["reason"] == "NodeLost" ? "Unknown"
            : Finished.Contains(phase) ? reason
            : "Terminating";
    }

    /// <summary>How often containers were started again, and when last.</summary>
    public static string Restarts(JsonObject pod, DateTimeOffset now)
    {
        List<JsonNode> all = [.. Statuses(pod, "containerStatuses")];
        int restarts = all.Sum(each => (int?)each["restartCount"] ?? 0);
        string? last = all.Select(each => (string?)each["lastState"]?["terminated"]?["finishedAt"]).Where(each => each is not null).Max();
        return restarts == 0 || last is null ? $"{restarts}" : $"{restarts} ({Ages.Since(last, now)} ago)";
    }

    private static string OfContainers(JsonObject pod, string reason)
    {
        bool hasRunning = false;
        foreach (JsonNode each in Statuses(pod, "containerStatuses").Reverse())
        {
            JsonNode state = each["state"] ?? new JsonObject();
            if ((string?)state["waiting"]?["reason"] is { Length: > 0 } waits)
            {
                reason = waits;
            }
            else if (state["terminated"] is { } ended)
            {
                reason = Ended(ended);
            }
            else if ((bool?)each["ready"] == true && state["running"] is not null)
            {
                hasRunning = true;
            }
        }

        bool isReady = (pod["status"]?["conditions"] as JsonArray ?? [])
            .Any(each => (string?)each?["type"] == "Ready" && (string?)each["status"] == "True");
        return reason != "Completed" || !hasRunning ? reason : isReady ? "Running" : "NotReady";
    }

    private static string Ended(JsonNode terminated) =>
        (string?)terminated["reason"] is { Length: > 0 } reason ? reason
        : (int?)terminated["signal"] is { } signal and not 0 ? $"Signal:{signal}"
        : $"ExitCode:{(int?)terminated["exitCode"]}";

    private static IEnumerable<JsonNode> Statuses(JsonObject pod, string field) =>
        (pod["status"]?[field] as JsonArray ?? []).Where(each => each is not null).Select(each => each!);
}
