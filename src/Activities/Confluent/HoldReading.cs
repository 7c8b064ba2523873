using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Confluent;

/// <summary>Reads the annotations that hold the operator, and who wrote them. Pure.</summary>
internal static class HoldReading
{
    public static IReadOnlyList<OperatorHold> Of(JsonObject resource) =>
    [
        .. from annotation in ConfluentNames.Holds
           let value = resource.Annotation(annotation)
           where value is not null
           let writer = Writer(resource, annotation)
           select new OperatorHold(annotation, value, writer?["manager"]?.GetValue<string>(), Time(writer), annotation == OperatorHold.BlockReconcile ? resource.Annotation(OperatorHold.Owner) : null),
    ];

    private static JsonNode? Writer(JsonObject resource, string annotation) =>
        (resource["metadata"]?["managedFields"]?.AsArray() ?? [])
            .Where(entry => entry?["fieldsV1"]?["f:metadata"]?["f:annotations"]?[$"f:{annotation}"] is not null)
            .MaxBy(Time);

    private static DateTimeOffset? Time(JsonNode? entry) =>
        entry?["time"]?.GetValue<string>() is { } text ? DateTimeOffset.Parse(text, null, System.Globalization.DateTimeStyles.RoundtripKind) : null;
}
