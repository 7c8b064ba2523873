using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Resources;
using static Orchestrator.Sandbox.Kubernetes.Tables.Columns;

namespace Orchestrator.Sandbox.Kubernetes.Tables;

/// <summary>The columns of the core group, and of the small groups around it.</summary>
internal static class CoreColumns
{
    private const string None = "<none>";

    /// <summary>The columns of a resource; null where these are not about it.</summary>
    public static IReadOnlyList<Column>? Of(ResourceDefinition resource) => (resource.Group, resource.Plural) switch
    {
        ("", "pods") =>
        [
            Name,
            new("Ready", (pod, _) => PodStatus.Ready(pod)),
            new("Status", (pod, _) => PodStatus.Reason(pod)),
            new("Restarts", (pod, now) => PodStatus.Restarts(pod, now)),
            Age,
            Text("IP", ".status.podIP", None, priority: 1),
            Text("Node", ".spec.nodeName", None, priority: 1),
            Text("Nominated Node", ".status.nominatedNodeName", None, priority: 1),
            new("Readiness Gates", (_, _) => None) { Priority = 1 },
        ],
        ("", "services") =>
        [
            Name, Text("Type", ".spec.type"), Text("Cluster-IP", ".spec.clusterIP", None), new("External-IP", (_, _) => None),
            new("Port(s)", (service, _) => Ports(service)), Age,
            new("Selector", (service, _) => Pairs(service["spec"]?["selector"])) { Priority = 1 },
        ],
        ("", "nodes") =>
        [
            Name,
            new("Status", (node, _) => NodeStatus(node)),
            new("Roles", (node, _) => Roles(node)),
            Age,
            Text("Version", ".status.nodeInfo.kubeletVersion"),
            Text("Internal-IP", ".status.addresses[?(@.type==\"InternalIP\")].address", None, priority: 1),
            Text("External-IP", ".status.addresses[?(@.type==\"ExternalIP\")].address", None, priority: 1),
            Text("OS-Image", ".status.nodeInfo.osImage", "<unknown>", priority: 1),
            Text("Kernel-Version", ".status.nodeInfo.kernelVersion", "<unknown>", priority: 1),
            Text("Container-Runtime", ".status.nodeInfo.containerRuntimeVersion", "<unknown>", priority: 1),
        ],
        ("", "namespaces") => [Name, Text("Status", ".status.phase"), Age],
        ("", "configmaps") => [Name, new("Data", (map, _) => Count(map["data"]) + Count(map["binaryData"])), Age],
        ("", "secrets") => [Name, Text("Type", ".type"), new("Data", (secret, _) => Count(secret["data"])), Age],
        ("", "serviceaccounts") => [Name, new("Secrets", (account, _) => (account["secrets"] as JsonArray)?.Count ?? 0), Age],
        ("", "events") =>
        [
            new("Last Seen", (e, now) => Ages.Since((string?)(e["lastTimestamp"] ?? e["eventTime"] ?? e["firstTimestamp"]), now)),
            Text("Type", ".type"),
            Text("Reason", ".reason"),
            new("Object", (e, _) => $"{((string?)e["involvedObject"]?["kind"])?.ToLowerInvariant()}/{e["involvedObject"]?["name"]}"),
            Text("Subobject", ".involvedObject.fieldPath", priority: 1),
            Text("Source", ".source.component", priority: 1),
            new("Message", (e, _) => ((string?)e["message"])?.Trim()),
            new("First Seen", (e, now) => Ages.Since((string?)(e["firstTimestamp"] ?? e["eventTime"]), now)) { Priority = 1 },
            Text("Count", ".count", "1", priority: 1),
            new("Name", (e, _) => e.Name()) { Priority = 1, Format = "name" },
        ],
        ("", "persistentvolumeclaims") =>
        [
            Name,
            new("Status", (claim, _) => claim.DeletedAt() is null ? (string?)claim["status"]?["phase"] : "Terminating"),
            Text("Volume", ".spec.volumeName"),
            Text("Capacity", ".status.capacity.storage"),
            new("Access Modes", (claim, _) => AccessModes(claim["status"]?["accessModes"])),
            Text("StorageClass", ".spec.storageClassName"),
            Text("VolumeAttributesClass", ".spec.volumeAttributesClassName", "<unset>"),
            Age,
            Text("VolumeMode", ".spec.volumeMode", "<unset>", priority: 1),
        ],
        ("", "persistentvolumes") =>
        [
            Name,
            Text("Capacity", ".spec.capacity.storage"),
            new("Access Modes", (volume, _) => AccessModes(volume["spec"]?["accessModes"])),
            Text("Reclaim Policy", ".spec.persistentVolumeReclaimPolicy"),
            new("Status", (volume, _) => volume.DeletedAt() is null ? (string?)volume["status"]?["phase"] : "Terminating"),
            new("Claim", (volume, _) => volume["spec"]?["claimRef"] is { } claim ? $"{claim["namespace"]}/{claim["name"]}" : ""),
            Text("StorageClass", ".spec.storageClassName"),
            Text("VolumeAttributesClass", ".spec.volumeAttributesClassName", "<unset>"),
            Text("Reason", ".status.reason"),
            Age,
            Text("VolumeMode", ".spec.volumeMode", "<unset>", priority: 1),
        ],
        ("", "resourcequotas") =>
            [Name, new("Request", (quota, _) => Quota(quota, false)), new("Limit", (quota, _) => Quota(quota, true)), Age],
        ("storage.k8s.io", "storageclasses") =>
        [
            new("Name", (each, _) => $"{each.Name()}{(IsDefault(each) ? " (default)" : "")}") { Format = "name" },
            Text("Provisioner", ".provisioner"),
            Text("ReclaimPolicy", ".reclaimPolicy", "Delete"),
            Text("VolumeBindingMode", ".volumeBindingMode", "Immediate"),
            new("AllowVolumeExpansion", (each, _) => (bool?)each["allowVolumeExpansion"] == true ? "true" : "false"),
            Age,
        ],
        ("coordination.k8s.io", "leases") => [Name, Text("Holder", ".spec.holderIdentity"), Age],
        ("networking.k8s.io", "networkpolicies") =>
            [Name, new("Pod-Selector", (policy, _) => Pairs(policy["spec"]?["podSelector"]?["matchLabels"])), Age],
        ("rbac.authorization.k8s.io", "rolebindings" or "clusterrolebindings") =>
        [
            Name,
            new("Role", (each, _) => $"{each["roleRef"]?["kind"]}/{each["roleRef"]?["name"]}"),
            Age,
            new("Users", (each, _) => Subjects(each, "User")) { Priority = 1 },
            new("Groups", (each, _) => Subjects(each, "Group")) { Priority = 1 },
            new("ServiceAccounts", (each, _) => Subjects(each, "ServiceAccount")) { Priority = 1 },
        ],
        _ => null,
    };

    /// <summary>Labels or a selector, such as <c>a=b,c=d</c>.</summary>
    public static string Pairs(JsonNode? map) =>
        map is JsonObject { Count: > 0 } pairs
            ? string.Join(',', pairs.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => $"{each.Key}={each.Value}"))
            : None;

    private static int Count(JsonNode? map) => (map as JsonObject)?.Count ?? 0;

    private static bool IsDefault(JsonObject each) => each.Annotation("storageclass.kubernetes.io/is-default-class") == "true";

    private static string Ports(JsonObject service)
    {
        IEnumerable<string> ports = (service["spec"]?["ports"] as JsonArray ?? [])
            .Select(port => $"{port!["port"]}{(port["nodePort"] is { } node ? $":{node}" : "")}/{port["protocol"]}");
        string text = string.Join(',', ports);
        return text.Length == 0 ? None : text;
    }

    private static string NodeStatus(JsonObject node)
    {
        JsonNode? ready = (node["status"]?["conditions"] as JsonArray)?.FirstOrDefault(each => (string?)each?["type"] == "Ready");
        string status = ready is null ? "Unknown" : (string?)ready["status"] == "True" ? "Ready" : "NotReady";
        return (bool?)node["spec"]?["unschedulable"] == true ? $"{status},SchedulingDisabled" : status;
    }

    private static string Roles(JsonObject node)
    {
        const string Prefix = "node-role.kubernetes.io/";
        IEnumerable<string> roles = (node["metadata"]?["labels"] as JsonObject ?? []).Select(each => each.Key)
            .Where(each => each.StartsWith(Prefix, StringComparison.Ordinal)).Select(each => each[Prefix.Length..]).Order();
        string text = string.Join(',', roles);
        return text.Length == 0 ? None : text;
    }

    private static string AccessModes(JsonNode? modes) => string.Join(',', (modes as JsonArray ?? []).Select(mode => (string?)mode switch
    {
        "ReadWriteOnce" => "RWO",
        "ReadOnlyMany" => "ROX",
        "ReadWriteMany" => "RWX",
        "ReadWriteOncePod" => "RWOP",
        var other => other,
    }));

    private static string Quota(JsonObject quota, bool limits) => string.Join(", ", (quota["status"]?["hard"] as JsonObject ?? [])
        .Where(each => each.Key.StartsWith("limits", StringComparison.Ordinal) == limits)
        .OrderBy(each => each.Key, StringComparer.Ordinal)
        .Select(each => $"{each.Key}: {quota["status"]?["used"]?[each.Key]}/{each.Value}"));

    private static string Subjects(JsonObject binding, string kind) => string.Join(", ", (binding["subjects"] as JsonArray ?? [])
        .Where(each => (string?)each!["kind"] == kind)
        .Select(each => kind == "ServiceAccount" ? $"{each!["namespace"]}/{each["name"]}" : (string?)each!["name"]));
}
