using System.Text.Json.Nodes;
using Orchestrator.Starter.Exits;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.System.Text.Json;

namespace Orchestrator.Starter.Inputs;

/// <summary>
/// Reads an input record that somebody wrote, in JSON or YAML. Names and values stay as they were written; <see cref="InputReader"/>
/// makes of them what the schema asks for.
/// </summary>
internal static class InputDocument
{
    // Thousands of topics fit; a file that was named by mistake is not read to its end.
    private const int MostCharacters = 1 << 20;

    private static readonly IDeserializer Deserializer = new DeserializerBuilder().AddSystemTextJson().Build();

    /// <summary>Reads a file, or the standard input where the name is a dash.</summary>
    /// <param name="name">The file.</param>
    /// <param name="standardInput">The standard input.</param>
    /// <param name="option">The option that named it, for sentences. Default: <c>--input</c>.</param>
    /// <exception cref="SopException">It cannot be read, or is not a record of fields.</exception>
    public static JsonObject Open(string name, TextReader standardInput, string option = "--input")
    {
        try
        {
            if (name == "-")
            {
                return Read(ReadText(standardInput));
            }

            using StreamReader file = new(name);
            return Read(ReadText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SopException(ExitCode.Usage, $"{option} '{name}' cannot be read: {e.Message}", e);
        }
        catch (FormatException e)
        {
            throw new SopException(ExitCode.Usage, $"{option} '{name}' is not valid JSON or YAML input: {e.Message}", e);
        }
    }

    /// <summary>Reads a record.</summary>
    /// <exception cref="FormatException">The text is neither JSON nor YAML, or is not a record.</exception>
    public static JsonObject Read(string text) => Parse(text, at => $"line {at.Line}, column {at.Column}: ") switch
    {
        JsonObject record => record,
        null => throw new FormatException("it is empty."),
        _ => throw new FormatException("it must be an object with fields."),
    };

    /// <summary>Reads a record, a list or one value that stands on one line; null where there is none.</summary>
    /// <exception cref="FormatException">The text is neither JSON nor YAML.</exception>
    public static JsonNode? ReadValue(string text) => Parse(text, _ => "");

    private static JsonNode? Parse(string text, Func<Mark, string> where)
    {
        try
        {
            return Deserializer.Deserialize<JsonNode?>(new BoundedParser(new Parser(new StringReader(text))));
        }
        catch (YamlException e)
        {
            throw new FormatException($"{where(e.Start)}{e.Message.Split(" (at Line:")[0].TrimEnd('.')}.", e);
        }
    }

    private static string ReadText(TextReader reader)
    {
        char[] text = new char[MostCharacters + 1];
        int length = reader.ReadBlock(text);
        return length <= MostCharacters
            ? new string(text, 0, length)
            : throw new FormatException($"it has more than {MostCharacters} characters.");
    }
}
