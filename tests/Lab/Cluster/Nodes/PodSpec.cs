using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Lab.Cluster.Nodes;

/// <summary>What a node reads of a pod that it runs.</summary>
internal sealed record PodSpec(JsonObject Pod)
{
    private const string DataVolume = "data0";
    private const string ConfigVolume = "shared-config";

    public string Name => (string)Pod["metadata"]!["name"]!;

    public string Namespace => (string)Pod["metadata"]!["namespace"]!;

    public string Uid => (string)Pod["metadata"]!["uid"]!;

    public string NodeName => (string)Pod["spec"]!["nodeName"]!;

    public int Ordinal => int.Parse(Name.AsSpan(Name.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>The custom resource that the pod belongs to; its StatefulSet has the same name.</summary>
    public string Component => Name[..Name.LastIndexOf('-')];

    public bool IsTerminating => Pod["metadata"]!["deletionTimestamp"] is not null;

    /// <summary>How long the process has to end by itself after the pod was deleted.</summary>
    public TimeSpan GracePeriod => TimeSpan.FromSeconds((double?)Pod["metadata"]!["deletionGracePeriodSeconds"] ?? 30);

    /// <summary>Whether the pod is a broker or a controller; any other pod runs no process here and counts as ready.</summary>
    public bool IsKafka => (string?)Pod["metadata"]!["labels"]?["platform.confluent.io/type"] is "kafka" or "kraftcontroller";

    public bool IsController => (string?)Pod["metadata"]!["labels"]?["platform.confluent.io/type"] == "kraftcontroller";

    public string ContainerName => (string)Container["name"]!;

    public string Image => (string)Container["image"]!;

    public int NodeId => int.Parse(Variable("NODE_ID_OFFSET"), CultureInfo.InvariantCulture) + Ordinal;

    public string ClusterId => Variable("CLUSTER_ID");

    public string ConfigMap => (string)Volume(ConfigVolume)["configMap"]!["name"]!;

    public string DataClaim => (string)Volume(DataVolume)["persistentVolumeClaim"]!["claimName"]!;

    /// <summary>How often the container was started again, as the status says it: it outlives the node agent.</summary>
    public int RestartCount => (int?)Pod["status"]?["containerStatuses"]?[0]?["restartCount"] ?? 0;

    /// <summary>How a process that hangs is found; null where the pod says nothing.</summary>
    public LivenessProbe? Liveness => Container["livenessProbe"] is JsonObject probe ? LivenessProbe.Read(probe, GraceOfThePod) : null;

    private TimeSpan GraceOfThePod => TimeSpan.FromSeconds((double?)Pod["spec"]!["terminationGracePeriodSeconds"] ?? 30);

    private JsonNode Container => Pod["spec"]!["containers"]![0]!;

    private string Variable(string name) =>
        (string)(Container["env"] as JsonArray ?? []).Single(variable => (string?)variable!["name"] == name)!["value"]!;

    private JsonNode Volume(string name) => ((JsonArray)Pod["spec"]!["volumes"]!).Single(volume => (string?)volume!["name"] == name)!;
}
