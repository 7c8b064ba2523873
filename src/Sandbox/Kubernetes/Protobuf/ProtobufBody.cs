using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orchestrator.Sandbox.Kubernetes.Schemas;
using Field = Google.Protobuf.Reflection.FieldDescriptorProto;

namespace Orchestrator.Sandbox.Kubernetes.Protobuf;

/// <summary>
/// Reads objects that clients send as protobuf, as <c>kubectl create</c> does. What the wire does not tell, the schema does: which
/// structures lie in line in their parent.
/// </summary>
internal static class ProtobufBody
{
    private const string Wrapper = "k8s.io.apimachinery.pkg.runtime.Unknown";

    // A field of Go that is no pointer is on the wire even where it is not set. These are pointers, whose zero means something.
    private static readonly HashSet<string> MeanZero =
    [
        "replicas", "partition", "gracePeriodSeconds", "terminationGracePeriodSeconds", "backoffLimit", "completions", "parallelism",
        "activeDeadlineSeconds", "ttlSecondsAfterFinished", "revisionHistoryLimit", "minReplicas", "runAsUser", "runAsGroup", "fsGroup",
        "automountServiceAccountToken", "enableServiceLinks", "allowPrivilegeEscalation", "runAsNonRoot", "controller",
        "blockOwnerDeletion", "orphanDependents", "suspend", "optional", "allowed", "authenticated",
    ];

    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>Whether bytes are an object in protobuf.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    /// <summary>Reads an object.</summary>
    /// <exception cref="FormatException">It is of a kind that has no message, or is damaged.</exception>
    public static JsonObject Read(byte[] bytes)
    {
        try
        {
            JsonObject wrapper = ReadMessage(ByteString.CopyFrom(bytes, Magic.Length, bytes.Length - Magic.Length), Wrapper, Schema.Any);
            string apiVersion = (string?)wrapper["typeMeta"]?["apiVersion"] ?? "";
            string kind = (string?)wrapper["typeMeta"]?["kind"] ?? "";
            string name = ServerMessages.NameOf(apiVersion, kind) ?? throw new FormatException($"no message for {apiVersion} {kind}");
            (string group, string version) = apiVersion.Split('/') is [var first, var second] ? (first, second) : ("", apiVersion);
            Schema schema = ServerSchemas.Find(group, version, kind);
            JsonObject obj = ReadMessage(
                ByteString.FromBase64((string?)wrapper["raw"] ?? ""), name, schema);
            obj["apiVersion"] = apiVersion;
            obj["kind"] = kind;
            return obj;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private static JsonObject ReadMessage(ByteString bytes, string name, Schema schema)
    {
        JsonObject obj = [];
        DescriptorProto message = ServerMessages.Get(name);
        CodedInputStream input = bytes.CreateCodedInput();
        uint tag;
        while ((tag = input.ReadTag()) != 0)
        {
            Field? field = message.Field.FirstOrDefault(each => each.Number == WireFormat.GetTagFieldNumber(tag));
            if (field is null)
            {
                input.SkipLastField();
                continue;
            }

            Add(obj, field, input, name, schema);
        }

        return obj;
    }

    private static void Add(JsonObject obj, Field field, CodedInputStream input, string message, Schema schema)
    {
        if (field.Type != Field.Types.Type.Message)
        {
            JsonNode value = ReadScalar(field, input);
            if (field.Label == Field.Types.Label.Repeated)
            {
                Items(obj, field.Name).Add(value);
            }
            else if (!IsZero(value) || MeanZero.Contains(field.Name))
            {
                obj[field.Name] = value;
            }

            return;
        }

        ByteString bytes = input.ReadBytes();
        string type = field.TypeName.TrimStart('.');
        Schema below = schema.Field(field.Name) ?? Schema.Any;
        if (ServerMessages.Get(type).Options?.MapEntry == true)
        {
            ReadEntry(obj, field.Name, bytes, type, below);
        }
        else if (field.Label == Field.Types.Label.Repeated)
        {
            Items(obj, field.Name).Add(ReadValue(bytes, type, below.Items ?? Schema.Any));
        }
        else if (schema.HasProperties && schema.Property(field.Name) is null && !message.EndsWith("Unknown", StringComparison.Ordinal))
        {
            // A structure that lies in line: its fields are the parent's.
            foreach ((string name, JsonNode? value) in ReadMessage(bytes, type, schema).ToList())
            {
                obj[name] = value?.DeepClone();
            }
        }
        else if (ReadValue(bytes, type, below) is { } value)
        {
            obj[field.Name] = value;
        }
    }

    private static void ReadEntry(JsonObject obj, string name, ByteString bytes, string type, Schema schema)
    {
        JsonObject entry = ReadMessage(bytes, type, Schema.Any);
        Field valueField = ServerMessages.Get(type).Field.First(each => each.Name == "value");
        JsonObject map = obj[name] as JsonObject ?? [];
        obj[name] = map;
        map[(string?)entry["key"] ?? ""] = entry["value"]?.DeepClone() ?? (valueField.Type == Field.Types.Type.String ? "" : null);
    }

    private static JsonNode? ReadValue(ByteString bytes, string type, Schema schema)
    {
        JsonObject Raw() => ReadMessage(bytes, type, Schema.Any);
        switch (type.Split('.')[^1])
        {
            case "Quantity":
                return (string?)Raw()["string"] ?? "0";
            case "IntOrString":
                JsonObject either = Raw();
                return either["type"]?.GetValue<long>() == 1
                    ? (JsonNode?)(either["strVal"]?.DeepClone() ?? "")
                    : either["intVal"]?.DeepClone() ?? 0;
            case "Time":
                return ReadTime(Raw(), "yyyy-MM-dd'T'HH:mm:ss'Z'");
            case "MicroTime":
                return ReadTime(Raw(), "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'");
            case "RawExtension" or "FieldsV1" or "JSON":
                JsonObject raw = Raw();
                return (string?)(raw["raw"] ?? raw["Raw"]) is { } text ? JsonNode.Parse(Convert.FromBase64String(text)) : null;
            case "ExtraValue" or "Verbs" or "OptionalNames":
                return Raw()["items"]?.DeepClone() ?? new JsonArray();
            default:
                return ReadMessage(bytes, type, schema);
        }
    }

    // A time that is not set is on the wire too.
    private static JsonNode? ReadTime(JsonObject time, string format)
    {
        long seconds = time["seconds"]?.GetValue<long>() ?? 0;
        long nanoseconds = time["nanos"]?.GetValue<long>() ?? 0;
        return seconds <= 0
            ? null
            : DateTimeOffset.FromUnixTimeSeconds(seconds).AddTicks(nanoseconds / 100).ToString(format, CultureInfo.InvariantCulture);
    }

    private static JsonArray Items(JsonObject obj, string name)
    {
        JsonArray items = obj[name] as JsonArray ?? [];
        obj[name] = items;
        return items;
    }

    private static JsonNode ReadScalar(Field field, CodedInputStream input) => field.Type switch
    {
        Field.Types.Type.String => input.ReadString(),
        Field.Types.Type.Bytes => input.ReadBytes().ToBase64(),
        Field.Types.Type.Bool => input.ReadBool(),
        Field.Types.Type.Double => input.ReadDouble(),
        Field.Types.Type.Float => input.ReadFloat(),
        Field.Types.Type.Uint32 or Field.Types.Type.Uint64 => (long)input.ReadUInt64(),
        Field.Types.Type.Int32 => (long)input.ReadInt32(),
        _ => input.ReadInt64(),
    };

    private static bool IsZero(JsonNode value) => value.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.String => ((string)value!).Length == 0,
        System.Text.Json.JsonValueKind.False => true,
        System.Text.Json.JsonValueKind.Number => value.GetValue<object>() is 0L or 0d or 0f,
        _ => false,
    };
}
