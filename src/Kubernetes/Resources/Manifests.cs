using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Kubernetes;

/// <summary>Reads YAML (or JSON, which is YAML) into JSON nodes.</summary>
public static partial class Manifests
{
    /// <summary>Reads every document of the text; empty documents are left out.</summary>
    /// <exception cref="FormatException">The text is not YAML, or a document is not a mapping; the message says where.</exception>
    public static IReadOnlyList<JsonObject> Parse(string yaml)
    {
        YamlStream stream = [];
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new FormatException($"line {e.Start.Line}, column {e.Start.Column}: {e.Message}", e);
        }

        List<JsonObject> documents = [];
        foreach (YamlDocument document in stream.Documents)
        {
            switch (ToJson(document.RootNode))
            {
                case null:
                    break;
                case JsonObject root:
                    documents.Add(root);
                    break;
                default:
                    throw new FormatException($"line {document.RootNode.Start.Line}: the top level of a document must be a mapping.");
            }
        }

        return documents;
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => ToJsonObject(mapping),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(ToJson)]),
        YamlScalarNode scalar => ToJsonValue(scalar),
        _ => throw new FormatException($"line {node.Start.Line}: unexpected YAML node {node.NodeType}."),
    };

    private static JsonObject ToJsonObject(YamlMappingNode mapping)
    {
        JsonObject result = [];
        foreach ((YamlNode key, YamlNode value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
            {
                throw new FormatException($"line {key.Start.Line}: the key of a mapping is not text.");
            }

            result.Add(name, ToJson(value));
        }

        return result;
    }

    // The core schema of YAML 1.2, as in JSON: only plain scalars are anything but text.
    private static JsonValue? ToJsonValue(YamlScalarNode scalar)
    {
        string text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag == "tag:yaml.org,2002:str")
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => JsonValue.Create(true),
            "false" or "False" or "FALSE" => JsonValue.Create(false),
            _ when Integer().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, null, out long number) =>
                JsonValue.Create(number),
            _ when Float().IsMatch(text) => JsonValue.Create(double.Parse(text, NumberStyles.Float, null)),
            _ => JsonValue.Create(text),
        };
    }

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Float();
}
