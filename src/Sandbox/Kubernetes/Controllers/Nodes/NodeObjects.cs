using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Nodes;

/// <summary>What a machine writes of itself when it joins a cluster.</summary>
public static class NodeObjects
{
    /// <summary>The pressures that a healthy node is not under, as its kubelet says so.</summary>
    internal static readonly (string Type, string Reason, string Message)[] Healthy =
    [
        ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
    ];

    /// <summary>A node of 8 cores and 32 GiB that is ready.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="zone">Value of <c>topology.kubernetes.io/zone</c>.</param>
    /// <param name="now">When it joined.</param>
    public static JsonObject Render(string name, string zone, DateTimeOffset now) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject
            {
                ["kubernetes.io/hostname"] = name,
                ["kubernetes.io/os"] = "linux",
                ["kubernetes.io/arch"] = "amd64",
                ["topology.kubernetes.io/region"] = "sandbox",
                ["topology.kubernetes.io/zone"] = zone,
            },
        },
        ["spec"] = new JsonObject(),
        ["status"] = Status(name, now),
    };

    /// <summary>The status of a node that is ready.</summary>
    public static JsonObject Status(string name, DateTimeOffset now) => new()
    {
        ["capacity"] = Resources(),
        ["allocatable"] = Resources(),
        ["addresses"] = new JsonArray(new JsonObject { ["type"] = "Hostname", ["address"] = name }),
        ["conditions"] = new JsonArray(
        [
            .. Healthy.Select(each => Condition(each.Type, "False", each.Reason, each.Message, now)),
            Condition("Ready", "True", "KubeletReady", "kubelet is posting ready status", now),
        ]),
        ["nodeInfo"] = new JsonObject
        {
            ["architecture"] = "amd64",
            ["operatingSystem"] = "linux",
            ["kubeletVersion"] = "v1.34.4",
            ["kubeProxyVersion"] = "v1.34.4",
            ["containerRuntimeVersion"] = "sandbox://1",
            ["kernelVersion"] = "sandbox",
            ["osImage"] = "sandbox",
            ["machineID"] = name,
            ["systemUUID"] = name,
            ["bootID"] = name,
        },
    };

    private static JsonObject Resources() => new()
    {
        ["cpu"] = "8", ["memory"] = "32Gi", ["ephemeral-storage"] = "100Gi", ["pods"] = "110",
    };

    private static JsonNode Condition(string type, string status, string reason, string message, DateTimeOffset now) => new JsonObject
    {
        ["type"] = type,
        ["status"] = status,
        ["reason"] = reason,
        ["message"] = message,
        ["lastHeartbeatTime"] = ObjectStore.Timestamp(now),
        ["lastTransitionTime"] = ObjectStore.Timestamp(now),
    };
}
