using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Sandbox.ConfluentOperator;

/// <summary>One custom resource as the operator reads it.</summary>
internal sealed record Component(ComponentKind Kind, JsonObject Resource)
{
    public string Name => (string)Metadata["name"]!;

    public string Namespace => (string)Metadata["namespace"]!;

    public string Uid => (string)Metadata["uid"]!;

    public long Generation => (long)Metadata["generation"]!;

    /// <summary>Number of pods; where the resource says nothing, 3 of those that keep data, else 1.</summary>
    public int Replicas => (int?)Spec["replicas"] ?? (Kind.KeepsData ? 3 : 1);

    public string Image => (string)Spec["image"]!["application"]!;

    public string InitImage => (string)Spec["image"]!["init"]!;

    public JsonObject Spec => (JsonObject)Resource["spec"]!;

    public JsonObject? Status => (JsonObject?)Resource["status"];

    /// <summary>The StatefulSet's DNS domain: pods are <c>name-N.domain</c>.</summary>
    public string Domain => $"{Name}.{Namespace}.svc.{(string?)Spec["k8sClusterDomain"] ?? "cluster.local"}";

    /// <summary>The node id of pod 0; an annotation of the resource can move it.</summary>
    public int NodeIdOffset =>
        Annotation("platform.confluent.io/broker-id-offset") is { } offset
            ? int.Parse(offset, CultureInfo.InvariantCulture)
            : Kind.NodeIdOffset;

    /// <summary>
    /// The id of the Kafka cluster that these controllers form: what the resource says, else 16 bytes of its UID in the form that Kafka
    /// writes ids in, so that an operator that starts again names the same cluster.
    /// </summary>
    public string ClusterId =>
        (string?)Spec["clusterID"]
        ?? Convert.ToBase64String(Guid.Parse(Uid).ToByteArray(bigEndian: true)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>The brokers that a component that is a client of Kafka begins with.</summary>
    public string BootstrapEndpoint => (string?)Spec["dependencies"]?["kafka"]?["bootstrapEndpoint"]
        ?? $"kafka.{Namespace}.svc.cluster.local:{ComponentKind.Kafka.ListenerPort}";

    /// <summary>The group that these Connect workers form.</summary>
    public string ConnectGroup => (string?)Spec["groupID"] ?? $"{Namespace}.{Name}";

    /// <summary>Whether the resource says that its pods still log with log4j 1, as those of Confluent Platform 7 must.</summary>
    public bool UsesLog4j1 => Annotation(ConfluentAnnotations.UseLog4j1) == "true";

    public bool IsBlocked => Annotation(ConfluentAnnotations.BlockReconcile) == "true";

    public bool IsForced => Annotation(ConfluentAnnotations.ForceReconcile) == "true";

    public bool IsInMaintenance => !string.IsNullOrEmpty(Annotation(ConfluentAnnotations.MaintenanceMode));

    public bool SkipsRollPrecheck => Annotation(ConfluentAnnotations.RollPrecheck) == "disable";

    /// <summary>The labels that select the component's pods.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SelectorLabels =>
    [
        new("app", Name),
        new("clusterId", Namespace),
        new("confluent-platform", "true"),
        new("type", Kind.Type),
    ];

    /// <summary>The same as a selector of the API.</summary>
    public string LabelSelector => string.Join(',', SelectorLabels.Select(label => $"{label.Key}={label.Value}"));

    /// <summary>The addresses of a quorum of these controllers: <c>(node id, host:port)</c> in the order of the pods.</summary>
    public IReadOnlyList<(int NodeId, string Endpoint)> Voters =>
        [.. Enumerable.Range(0, Replicas).Select(ordinal => (NodeIdOffset + ordinal, $"{Name}-{ordinal}.{Domain}:{Kind.ListenerPort}"))];

    private JsonObject Metadata => (JsonObject)Resource["metadata"]!;

    private string? Annotation(string name) => (string?)Metadata["annotations"]?[name];
}
