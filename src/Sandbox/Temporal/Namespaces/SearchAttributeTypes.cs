using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Orchestrator.Sandbox.Temporal.Limits;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Namespaces;

/// <summary>The search attributes that a namespace knows, by name.</summary>
internal sealed class SearchAttributeTypes
{
    /// <summary>Those that every namespace has, written by the server alone.</summary>
    public static IReadOnlyDictionary<string, IndexedValueType> System { get; } = new Dictionary<string,
        IndexedValueType>(StringComparer.Ordinal)
    {
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["CloseTime"] = IndexedValueType.Datetime,
        ["ExecutionDuration"] = IndexedValueType.Int,
        ["ExecutionStatus"] = IndexedValueType.Keyword,
        ["ExecutionTime"] = IndexedValueType.Datetime,
        ["HistoryLength"] = IndexedValueType.Int,
        ["HistorySizeBytes"] = IndexedValueType.Int,
        ["ParentRunId"] = IndexedValueType.Keyword,
        ["ParentWorkflowId"] = IndexedValueType.Keyword,
        ["RootRunId"] = IndexedValueType.Keyword,
        ["RootWorkflowId"] = IndexedValueType.Keyword,
        ["RunId"] = IndexedValueType.Keyword,
        ["StartTime"] = IndexedValueType.Datetime,
        ["StateTransitionCount"] = IndexedValueType.Int,
        ["TaskQueue"] = IndexedValueType.Keyword,
        ["WorkflowId"] = IndexedValueType.Keyword,
        ["WorkflowType"] = IndexedValueType.Keyword,
    };

    // Known to every namespace as well, and written by workers and by schedules.
    private static readonly Dictionary<string, IndexedValueType> Predefined = new(StringComparer.Ordinal)
    {
        ["BatcherNamespace"] = IndexedValueType.Keyword,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["TemporalExternalPayloadCount"] = IndexedValueType.Int,
        ["TemporalExternalPayloadSizeBytes"] = IndexedValueType.Int,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalUsedWorkerDeploymentVersions"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    };

    /// <summary>All that every namespace has, whoever writes them.</summary>
    public static IEnumerable<KeyValuePair<string, IndexedValueType>> BuiltIn => System.Concat(Predefined);

    /// <summary>Those that were added.</summary>
    public SortedDictionary<string, IndexedValueType> Custom { get; } = new(StringComparer.Ordinal);

    /// <summary>The type of one; null where it is not known.</summary>
    public IndexedValueType? Of(string name) =>
        System.TryGetValue(name, out IndexedValueType type) || Predefined.TryGetValue(name, out type) || Custom.TryGetValue(name, out type)
            ? type : null;

    /// <summary>Whether a value removes the attribute.</summary>
    public static bool IsNull(Payload value) => value.Data.IsEmpty || value.Data.ToStringUtf8() is "null" or "[]";

    /// <summary>The value of a payload: a JSON scalar or an array of them.</summary>
    public static JsonElement Json(Payload value)
    {
        using JsonDocument document = JsonDocument.Parse(value.Data.IsEmpty ? "null" : value.Data.ToStringUtf8());
        return document.RootElement.Clone();
    }

    /// <summary>What is wrong with some; null where nothing is.</summary>
    public string? Fault(SearchAttributes? attributes, string space)
    {
        if (attributes?.IndexedFields.Count > Sizes.AttributeCount)
        {
            return $"number of search attributes {attributes.IndexedFields.Count} exceeds limit {Sizes.AttributeCount}";
        }

        foreach ((string name, Payload value) in attributes?.IndexedFields ?? [])
        {
            if (System.ContainsKey(name))
            {
                return $"{name} attribute can't be set in SearchAttributes";
            }

            if (Of(name) is not { } type)
            {
                return $"Namespace {space} has no mapping defined for search attribute {name}";
            }

            if (!IsNull(value) && !Fits(value, type))
            {
                return $"invalid value for search attribute {name} of type {type}: {value.Data.ToStringUtf8()}";
            }

            // Visibility and the answers of describe say the type with the value.
            value.Metadata["type"] = ByteString.CopyFrom(type.ToString(), Encoding.UTF8);
        }

        return null;
    }

    private static bool Fits(Payload value, IndexedValueType type)
    {
        try
        {
            JsonElement json = Json(value);
            IEnumerable<JsonElement> values = json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : [json];
            return values.All(one => type switch
            {
                IndexedValueType.Int => one.ValueKind == JsonValueKind.Number && one.TryGetInt64(out _),
                IndexedValueType.Double => one.ValueKind == JsonValueKind.Number,
                IndexedValueType.Bool => one.ValueKind is JsonValueKind.True or JsonValueKind.False,
                IndexedValueType.Datetime => one.ValueKind == JsonValueKind.String && one.TryGetDateTimeOffset(out _),
                _ => one.ValueKind == JsonValueKind.String,
            });
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
