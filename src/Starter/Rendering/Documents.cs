using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orchestrator.Workflows.Text;
using YamlDotNet.Serialization;

namespace Orchestrator.Starter.Rendering;

/// <summary>Results as JSON and YAML: the same names and values in both.</summary>
internal static class Documents
{
    // Nothing here ends up in HTML, and people read '×' and '<' better than their escapes. What is not there is left out.
    private static readonly JsonSerializerOptions OneLine = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonSerializerOptions Indented = new(OneLine) { WriteIndented = true };

    private static readonly ISerializer YamlSerializer = new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .Build();

    /// <summary>One indented JSON document.</summary>
    public static string Json<T>(T value) => Escape(JsonSerializer.Serialize(value, Indented));

    /// <summary>One line of JSON.</summary>
    public static string JsonLine<T>(T value) => Escape(JsonSerializer.Serialize(value, OneLine));

    /// <summary>One YAML document, without the mark that separates it from the next.</summary>
    public static string Yaml<T>(T value) => YamlSerializer.Serialize(Plain(JsonSerializer.SerializeToNode(value, OneLine))!).TrimEnd();

    private static object? Plain(JsonNode? node) => node switch
    {
        null => null,
        JsonObject members => members.ToDictionary(member => member.Key, member => Plain(member.Value)),
        JsonArray items => items.Select(Plain).ToList(),
        _ => Scalar(node.AsValue()),
    };

    private static object? Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number =>
            value.Deserialize<JsonElement>() is var number && number.TryGetInt64(out long whole) ? whole : number.GetDouble(),
        _ => PlainText.Clean(value.Deserialize<string>()),
    };

    // Documents are looked at on terminals as well; outside of its texts JSON has no such character but the ends of its lines.
    private static string Escape(string json) => json.EnumerateRunes().All(rune => rune.Value == '\n' || PlainText.IsShown(rune))
        ? json
        : string.Concat(json.EnumerateRunes().Select(rune => rune.Value == '\n' || PlainText.IsShown(rune)
            ? rune.ToString()
            : string.Concat(rune.ToString().Select(unit => $"\\u{(int)unit:x4}"))));
}
