using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>Writes what a kubelet 1.34 says of a pod into its status, beside what others have written there.</summary>
internal sealed class PodStatus(StoredObject pod, ContainerRun run, PodPlace place, DateTimeOffset now)
{
    private static readonly string[] Readiness = ["Ready", "ContainersReady"];

    private readonly List<JsonElement> _inits = [.. pod.Spec.Items("initContainers")];
    private readonly List<JsonElement> _containers = [.. pod.Spec.Items("containers")];

    private bool IsInitialized => run.InitDone == _inits.Count;

    private string Phase => run.IsOver && run.Ended is { } end ? end.ExitCode == 0 ? "Succeeded" : "Failed"
        : run.RunningSince is not null || run.Last is not null || run.Ended is not null ? "Running"
        : "Pending";

    public void WriteTo(JsonObject obj)
    {
        JsonObject status = obj.Part("status");
        status["phase"] = Phase;
        status["startTime"] ??= ObjectStore.Timestamp(now);
        status["hostIP"] = place.HostIp;
        status["hostIPs"] = new JsonArray(new JsonObject { ["ip"] = place.HostIp });
        if (run.HasSandbox)
        {
            status["podIP"] = place.PodIp;
            status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = place.PodIp });
        }

        WriteConditions(obj);
        if (_inits.Count > 0)
        {
            status["initContainerStatuses"] = new JsonArray([.. _inits.Select(Init)]);
        }

        status["containerStatuses"] = new JsonArray([.. _containers.Select(Container)]);
    }

    private void WriteConditions(JsonObject obj)
    {
        bool isOver = run.IsOver && run.Ended is not null;
        string? ended = isOver ? Phase == "Succeeded" ? "PodCompleted" : "PodFailed" : null;
        string unready = $"containers with unready status: [{string.Join(' ', _containers.Select(each => each.Text("name")))}]";
        Set(obj, "PodReadyToStartContainers", run.HasSandbox && !isOver, null, null);
        if (IsInitialized)
        {
            Set(obj, "Initialized", true, ended == "PodCompleted" ? ended : null, null);
        }
        else
        {
            string waiting = string.Join(' ', _inits.Skip(run.InitDone).Select(each => each.Text("name")));
            Set(obj, "Initialized", false, "ContainersNotInitialized", $"containers with incomplete status: [{waiting}]");
        }

        foreach (string type in Readiness)
        {
            if (run.IsReady)
            {
                Set(obj, type, true, null, null);
            }
            else
            {
                Set(obj, type, false, ended ?? "ContainersNotReady", ended is null ? unready : null);
            }
        }
    }

    private void Set(JsonObject obj, string type, bool holds, string? reason, string? message) =>
        Conditions.Set(obj, type, holds ? "True" : "False", reason, message, now);

    private JsonNode Init(JsonElement container, int index)
    {
        JsonObject state = index < run.InitDone
            ? new JsonObject
            {
                ["terminated"] = Terminated(new Termination(0, run.InitFinished ?? now, run.InitFinished ?? now), container),
            }
            : index == run.InitDone && run.InitSince is { } since
                ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = ObjectStore.Timestamp(since) } }
                : new JsonObject
                {
                    ["waiting"] = index == run.InitDone ? Waiting(run.WaitingReason, run.WaitingMessage) : Waiting("PodInitializing", null),
                };
        bool isStarted = index == run.InitDone && run.InitSince is not null;
        return Status(container, state, isReady: index < run.InitDone, isStarted, restarts: 0, last: null);
    }

    private JsonNode Container(JsonElement container)
    {
        JsonObject state = run.RunningSince is { } since
            ? new JsonObject { ["running"] = new JsonObject { ["startedAt"] = ObjectStore.Timestamp(since) } }
            : run.Ended is { } ended
                ? new JsonObject { ["terminated"] = Terminated(ended, container) }
                : IsInitialized
                    ? new JsonObject { ["waiting"] = Waiting(run.WaitingReason, run.WaitingMessage) }
                    : new JsonObject { ["waiting"] = Waiting("PodInitializing", null) };
        return Status(
            container, state, run.IsReady, isStarted: run.RunningSince is not null, run.Restarts, run.Last is { } last ? last : null);
    }

    private JsonObject Status(JsonElement container, JsonObject state, bool isReady, bool isStarted, int restarts, Termination? last)
    {
        string image = container.Text("image") ?? "";
        bool wasPulled = state["waiting"] is null || restarts > 0 || last is not null;
        JsonObject status = new()
        {
            ["name"] = container.Text("name"),
            ["state"] = state,
            ["lastState"] = last is null ? new JsonObject() : new JsonObject { ["terminated"] = Terminated(last, container) },
            ["ready"] = isReady,
            ["restartCount"] = restarts,
            ["image"] = image,
            ["imageID"] = wasPulled ? $"sandbox/{image}" : "",
            ["started"] = isStarted,
        };
        if (wasPulled)
        {
            status["containerID"] = ContainerId(container, restarts);
        }

        return status;
    }

    private static JsonObject Waiting(string? reason, string? message)
    {
        JsonObject waiting = new() { ["reason"] = reason ?? "ContainerCreating" };
        if (message is not null)
        {
            waiting["message"] = message;
        }

        return waiting;
    }

    private JsonObject Terminated(Termination end, JsonElement container) => new()
    {
        ["exitCode"] = end.ExitCode,
        ["reason"] = end.Reason,
        ["startedAt"] = ObjectStore.Timestamp(end.StartedAt),
        ["finishedAt"] = ObjectStore.Timestamp(end.FinishedAt),
        ["containerID"] = ContainerId(container, run.Restarts),
    };

    private string ContainerId(JsonElement container, int restarts) => $"sandbox://{pod.Uid}/{container.Text("name")}/{restarts}";
}

/// <summary>Where a pod is: the address of its node, and its own.</summary>
internal sealed record PodPlace(string HostIp, string PodIp);
