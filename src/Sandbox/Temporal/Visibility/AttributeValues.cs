using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Orchestrator.Sandbox.Temporal.Namespaces;
using Orchestrator.Sandbox.Temporal.Runs;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Visibility;

/// <summary>The values of a run that a query compares: text, whole numbers, fractions, truth values, instants.</summary>
internal static class AttributeValues
{
    /// <summary>Those of one attribute; more than one of a list, none where it is not set.</summary>
    public static IReadOnlyList<object> Of(WorkflowRun run, string name) => name switch
    {
        "WorkflowId" => [run.WorkflowId],
        "RunId" => [run.RunId],
        "WorkflowType" => [run.Spec.Type],
        "TaskQueue" => [run.TaskQueue],
        "ExecutionStatus" => [$"{run.Status}"],
        "BuildIds" => [.. run.BuildIds],
        "StateTransitionCount" => run.IsOpen ? [] : [run.Transitions],
        "StartTime" => [run.StartTime],
        "ExecutionTime" => [run.StartTime + run.Spec.Backoff],
        "CloseTime" => run.CloseTime is { } close ? [close] : [],
        "ExecutionDuration" => run.CloseTime is { } close ? [(long)((close - run.StartTime).TotalMilliseconds * 1_000_000)] : [],
        "HistoryLength" => run.IsOpen ? [] : [(long)run.History.Events.Count],
        "HistorySizeBytes" => run.IsOpen ? [] : [run.History.Size],
        "ParentWorkflowId" => run.Spec.Parent is { } parent ? [parent.Run.WorkflowId] : [],
        "ParentRunId" => run.Spec.Parent is { } parent ? [parent.Run.RunId] : [],
        "RootWorkflowId" => [run.Root.WorkflowId],
        "RootRunId" => [run.Root.RunId],
        "TemporalWorkerDeployment" => run.Versioning.Build is { } build ? [build.Deployment] : [],
        "TemporalWorkerDeploymentVersion" => run.Versioning.Build is { } build ? [build.Text] : [],
        "TemporalWorkflowVersioningBehavior" => run.Versioning.Behavior == VersioningBehavior.Unspecified ? []
            : [$"{run.Versioning.Behavior}"],
        _ => run.SearchAttributes.IndexedFields.TryGetValue(name, out Payload? value) ? Custom(value) : [],
    };

    /// <summary>A value as a query writes it; null where it does not fit the attribute.</summary>
    public static object? Parse(QueryToken token, string name, IndexedValueType type) => (type, token.Kind) switch
    {
        (_, QueryTokenKind.Symbol or QueryTokenKind.End) => null,
        (IndexedValueType.Bool, QueryTokenKind.Word) => bool.TryParse(token.Value, out bool flag) ? flag : null,
        (IndexedValueType.Datetime, QueryTokenKind.Text or QueryTokenKind.Number) => Instant(token.Value),
        (IndexedValueType.Int, QueryTokenKind.Number) =>
            long.TryParse(token.Value, CultureInfo.InvariantCulture, out long whole) ? whole : null,
        (IndexedValueType.Int, QueryTokenKind.Text) when name == "ExecutionDuration" =>
            GoDuration.TryParse(token.Value, out TimeSpan time) ? (long)(time.TotalMilliseconds * 1_000_000) : null,
        (IndexedValueType.Double, QueryTokenKind.Number) =>
            double.TryParse(token.Value, CultureInfo.InvariantCulture, out double number) ? number : null,
        (IndexedValueType.Keyword or IndexedValueType.KeywordList or IndexedValueType.Text, QueryTokenKind.Text) =>
            name == "ExecutionStatus" ? Status(token.Value) : token.Value,
        _ => null,
    };

    private static string? Status(string text) =>
        Enum.TryParse(text, ignoreCase: true, out WorkflowExecutionStatus status) ? $"{status}" : null;

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset instant)
            ? instant
            : long.TryParse(text, CultureInfo.InvariantCulture, out long nanoseconds)
                ? DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / 100) : null;

    private static IReadOnlyList<object> Custom(Payload value)
    {
        // The type that it was checked against: a keyword may look like an instant, and a fraction like a whole number.
        string type = value.Metadata.TryGetValue("type", out ByteString? name) ? name.ToStringUtf8() : "";
        JsonElement json = SearchAttributeTypes.Json(value);
        return json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(one => One(one, type))] : [One(json, type)];
    }

    private static object One(JsonElement value, string type) => type switch
    {
        nameof(IndexedValueType.Int) => value.GetInt64(),
        nameof(IndexedValueType.Double) => value.GetDouble(),
        nameof(IndexedValueType.Bool) => value.GetBoolean(),
        nameof(IndexedValueType.Datetime) => value.GetDateTimeOffset(),
        _ => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(),
    };
}
