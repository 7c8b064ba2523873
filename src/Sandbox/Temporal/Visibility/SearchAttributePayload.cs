using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Orchestrator.Sandbox.Temporal.Visibility;

/// <summary>Values as visibility carries them: JSON, with its type in the metadata.</summary>
internal static class SearchAttributePayload
{
    // As the server writes it: '+' as it is.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A keyword.</summary>
    public static Payload Keyword(string value) => Of(JsonSerializer.Serialize(value), IndexedValueType.Keyword);

    /// <summary>A list of keywords.</summary>
    public static Payload Keywords(IEnumerable<string> values) => Of(JsonSerializer.Serialize(values, Plain), IndexedValueType.KeywordList);

    /// <summary>An instant.</summary>
    public static Payload Instant(DateTimeOffset value) => Of(JsonSerializer.Serialize(value.UtcDateTime), IndexedValueType.Datetime);

    private static Payload Of(string json, IndexedValueType type) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8(type.ToString()) },
        Data = ByteString.CopyFromUtf8(json),
    };
}
