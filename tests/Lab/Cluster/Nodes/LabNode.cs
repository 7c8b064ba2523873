using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>One node of the lab as the API shows it.</summary>
/// <param name="Name">Name of the node, <c>lab-node-N</c>.</param>
/// <param name="Zone">Value of the label <c>topology.kubernetes.io/zone</c>, <c>zone-N</c>.</param>
internal sealed record LabNode(string Name, string Zone)
{
    public const string LeaseNamespace = "kube-node-lease";
    private const int LeaseSeconds = 40;

    /// <summary>Node 0, 1, ...: over three zones in turn.</summary>
    public static LabNode Number(int number) => new($"lab-node-{number}", $"zone-{number % 3}");

    public JsonObject Render() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Node",
        ["metadata"] = new JsonObject
        {
            ["name"] = Name,
            ["labels"] = new JsonObject
            {
                ["kubernetes.io/hostname"] = Name,
                ["kubernetes.io/os"] = "linux",
                ["kubernetes.io/arch"] = "amd64",
                ["topology.kubernetes.io/region"] = "lab",
                ["topology.kubernetes.io/zone"] = Zone,
            },
        },
        ["spec"] = new JsonObject(),
    };

    /// <summary>The status of a node whose kubelet API is at this port.</summary>
    public JsonObject RenderStatus(int kubeletPort, DateTimeOffset now) => new()
    {
        ["capacity"] = Resources(),
        ["allocatable"] = Resources(),
        // No host name: the API server would call the kubelet by it.
        ["addresses"] = new JsonArray(new JsonObject { ["type"] = "InternalIP", ["address"] = "127.0.0.1" }),
        ["daemonEndpoints"] = new JsonObject { ["kubeletEndpoint"] = new JsonObject { ["Port"] = kubeletPort } },
        ["conditions"] = new JsonArray(
            Condition("Ready", "True", "KubeletReady", now),
            Condition("MemoryPressure", "False", "KubeletHasSufficientMemory", now),
            Condition("DiskPressure", "False", "KubeletHasNoDiskPressure", now),
            Condition("PIDPressure", "False", "KubeletHasSufficientPID", now)),
        ["nodeInfo"] = NodeInfo(),
    };

    public JsonObject RenderLease(DateTimeOffset now) => new()
    {
        ["apiVersion"] = "coordination.k8s.io/v1",
        ["kind"] = "Lease",
        ["metadata"] = new JsonObject { ["name"] = Name, ["namespace"] = LeaseNamespace },
        ["spec"] = new JsonObject
        {
            ["holderIdentity"] = Name,
            ["leaseDurationSeconds"] = LeaseSeconds,
            ["renewTime"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
        },
    };

    private static JsonObject Resources() => new()
    {
        ["cpu"] = "8",
        ["memory"] = "32Gi",
        ["ephemeral-storage"] = "100Gi",
        ["pods"] = "110",
    };

    private static JsonObject Condition(string type, string status, string reason, DateTimeOffset now)
    {
        string time = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new()
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = "node of the lab",
            ["lastHeartbeatTime"] = time,
            ["lastTransitionTime"] = time,
        };
    }

    private JsonObject NodeInfo() => new()
    {
        ["architecture"] = "amd64",
        ["operatingSystem"] = "linux",
        ["kubeletVersion"] = "v1.34.4",
        ["kubeProxyVersion"] = "",
        ["containerRuntimeVersion"] = "processes://1",
        ["kernelVersion"] = "lab",
        ["osImage"] = "lab",
        ["machineID"] = Name,
        ["systemUUID"] = Name,
        ["bootID"] = Name,
    };
}
