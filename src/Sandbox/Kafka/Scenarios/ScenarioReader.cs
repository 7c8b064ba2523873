using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.System.Text.Json;

namespace Orchestrator.Sandbox.Kafka.Scenarios;

/// <summary>Reads scenarios out of YAML or JSON.</summary>
public static class ScenarioReader
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().AddSystemTextJson().Build();

    // Every value comes as text; its field knows what it is.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        Converters = { new BooleanTextConverter() },
    };

    /// <summary>Reads a Kafka cluster.</summary>
    /// <param name="text">Its fields in YAML or JSON; durations as <c>00:00:30</c>.</param>
    /// <exception cref="FormatException">It is not a scenario; the text says where and why.</exception>
    public static KafkaScenario Kafka(string text) => Read<KafkaScenario>(Record(text));

    /// <summary>The fields of a scenario, whatever it is one of.</summary>
    /// <exception cref="FormatException">It is no record.</exception>
    internal static JsonObject Record(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return Yaml.Deserialize<JsonNode?>(new TextScalars(new Parser(new StringReader(text)))) as JsonObject
                ?? throw new FormatException("A scenario is a record of fields.");
        }
        catch (YamlException e)
        {
            throw new FormatException($"line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }
    }

    /// <summary>A scenario of its fields.</summary>
    /// <exception cref="FormatException">It has other fields, or one of another form.</exception>
    internal static T Read<T>(JsonObject record)
    {
        try
        {
            return record.Deserialize<T>(Options)!;
        }
        catch (JsonException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private sealed class BooleanTextConverter : JsonConverter<bool>
    {
        public override bool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() switch
            {
                "true" => true,
                "false" => false,
                var other => throw new JsonException($"true or false was expected, not '{other}'."),
            };

        public override void Write(Utf8JsonWriter writer, bool value, JsonSerializerOptions options) => writer.WriteBooleanValue(value);
    }
}
