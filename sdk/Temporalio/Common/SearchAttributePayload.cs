using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Converters;

namespace Temporalio.Common;

/// <summary>
/// The payload of one search attribute: JSON with the type's name in the metadata. The server reads it, so no user converter or
/// codec touches it.
/// </summary>
internal static class SearchAttributePayload
{
    private const string TypeKey = "type";

    private static readonly Dictionary<IndexedValueType, ByteString> TypeToName =
        Enum.GetValues<IndexedValueType>().ToDictionary(type => type, type => ByteString.CopyFromUtf8(type.ToString()));

    private static readonly Dictionary<ByteString, IndexedValueType> NameToType =
        TypeToName.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>The payload of a value, or with null the one that removes the attribute.</summary>
    public static Payload Write(SearchAttributeKey key, object? value)
    {
        Payload payload = DataConverter.Default.PayloadConverter.ToPayload(value);
        payload.Metadata[TypeKey] = TypeToName[key.ValueType];
        return payload;
    }

    /// <summary>The value and type of a payload; null for an attribute without a value.</summary>
    /// <exception cref="ArgumentException">The payload does not say its type, or holds no value of it.</exception>
    public static (object Value, IndexedValueType Type)? Read(Payload payload)
    {
        if (!payload.Metadata.TryGetValue(TypeKey, out ByteString? name) || !NameToType.TryGetValue(name, out IndexedValueType type))
        {
            throw new ArgumentException($"The search attribute's type is {name?.ToStringUtf8() ?? "not given"}.", nameof(payload));
        }

        JsonElement? element = DataConverter.Default.PayloadConverter.ToValue<JsonElement?>(payload);
        return element is null or { ValueKind: JsonValueKind.Null } ? null : (ReadElement(element.Value, type), type);
    }

    private static object ReadElement(JsonElement element, IndexedValueType type) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(item => ReadElement(item, type)).OfType<string>().ToList(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.Number when type == IndexedValueType.Int => element.GetInt64(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String when type == IndexedValueType.Datetime && element.TryGetDateTimeOffset(out DateTimeOffset time) => time,
        JsonValueKind.String => element.GetString()!,
        _ => throw new ArgumentException($"A search attribute of type {type} holds JSON of kind {element.ValueKind}."),
    };
}
