using System.Text.Json;
using System.Text.Json.Serialization;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Machines;

/// <summary>The marker that says that a run has a patch, as all official SDKs write it.</summary>
/// <param name="Id">The patch's id.</param>
/// <param name="Deprecated">Whether the old path is gone.</param>
internal sealed record PatchMarker(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("deprecated")] bool Deprecated)
{
    /// <summary>The search attribute that lists a run's patches.</summary>
    public const string SearchAttribute = "TemporalChangeVersion";

    private const string MarkerName = "core_patch";
    private const string DataKey = "patch-data";

    // Before the data was JSON, the two values had entries of their own.
    private const string OldIdKey = "patch_id";
    private const string OldDeprecatedKey = "deprecated";

    /// <summary>The patch of a marker event; null if the event is something else.</summary>
    public static PatchMarker? Of(HistoryEvent e)
    {
        if (e.EventType != EventType.MarkerRecorded || e.MarkerRecordedEventAttributes.MarkerName != MarkerName)
        {
            return null;
        }

        Payload? Entry(string key) =>
            e.MarkerRecordedEventAttributes.Details.TryGetValue(key, out Payloads? payloads) ? payloads.Payloads_.FirstOrDefault() : null;
        if (Entry(DataKey) is { } data)
        {
            return JsonSerializer.Deserialize<PatchMarker>(data.Data.Span);
        }

        return Entry(OldIdKey) is { } id && Entry(OldDeprecatedKey) is { Data.Length: > 0 } deprecated
            ? new(id.Data.ToStringUtf8(), deprecated.Data[0] != 0)
            : null;
    }

    /// <summary>The command that records the patch.</summary>
    public Command ToCommand()
    {
        RecordMarkerCommandAttributes attributes = new() { MarkerName = MarkerName };
        attributes.Details[DataKey] = new() { Payloads_ = { DataConverter.Default.PayloadConverter.ToPayload(this) } };
        return new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = attributes };
    }
}
