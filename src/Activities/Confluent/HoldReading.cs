using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads the annotations and labels that hold the operator or switch a check of it off, and who wrote them. Pure.</summary>
internal static class HoldReading
{
    private const string Annotations = "annotations";
    private const string Labels = "labels";

    // An annotation that is there keeps a change from setting it, so block-reconcile=false is one of them too.
    private static readonly (string Key, Func<string, bool> Counts)[] Watched =
    [
        (OperatorHold.BlockReconcile, _ => true),
        (OperatorHold.MaintenanceMode, value => value.Length > 0),
        (OperatorHold.RollPrecheck, value => value is not ("enable" or "enabled" or "true")),
        (OperatorHold.RollMetadata, _ => true),
    ];

    public static IReadOnlyList<OperatorHold> Of(JsonObject resource) =>
    [
        .. from row in Watched
           let value = resource.Annotation(row.Key)
           where value is not null && row.Counts(value)
           select Hold(resource, Annotations, row.Key, value),
        .. from label in resource["metadata"]?[Labels] as JsonObject ?? []
           where label.Key.StartsWith(OperatorHold.WebhookLabels, StringComparison.Ordinal)
           let value = resource.Label(label.Key)
           where !string.Equals(value, "false", StringComparison.OrdinalIgnoreCase)
           select Hold(resource, Labels, label.Key, value),
    ];

    private static OperatorHold Hold(JsonObject resource, string where, string key, string value)
    {
        JsonNode? writer = (resource["metadata"]?["managedFields"]?.AsArray() ?? [])
            .Where(entry => entry?["fieldsV1"]?["f:metadata"]?[$"f:{where}"]?[$"f:{key}"] is not null)
            .MaxBy(Time);
        string? change = key == OperatorHold.BlockReconcile ? resource.Annotation(OperatorHold.Owner) : null;
        return new(key, value, writer?["manager"]?.GetValue<string>(), Time(writer), change);
    }

    private static DateTimeOffset? Time(JsonNode? entry) => ObjectMetadata.ReadTime(entry?["time"]);
}
