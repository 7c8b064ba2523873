using Orchestrator.Starter.Exits;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orchestrator.Starter.Inputs;

/// <summary>An input record in a file: JSON or YAML, of the shape that the workflow takes. Fields become <c>key=value</c> pairs.</summary>
/// <param name="Fields">The values by their path, such as <c>limits.stallAfter</c> and <c>change.reason</c>.</param>
internal sealed record InputDocument(IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>No document.</summary>
    public static InputDocument Empty { get; } = new([]);

    /// <summary>Reads a file, or the standard input where the name is a dash.</summary>
    /// <exception cref="SopException">It cannot be read, or is no such record.</exception>
    public static InputDocument Open(string name, TextReader standardInput)
    {
        try
        {
            return Read(name == "-" ? standardInput.ReadToEnd() : File.ReadAllText(name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SopException(ExitCode.Usage, $"--input '{name}' cannot be read: {e.Message}", e);
        }
        catch (Exception e) when (e is YamlException or FormatException)
        {
            throw new SopException(ExitCode.Usage, $"--input '{name}' is neither JSON nor YAML of an input record: {e.Message}", e);
        }
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="YamlException">It is neither JSON nor YAML.</exception>
    /// <exception cref="FormatException">It is no record.</exception>
    public static InputDocument Read(string text)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(text));
        return stream.Documents.Count switch
        {
            1 when stream.Documents[0].RootNode is YamlMappingNode record => new InputDocument([.. Leaves(record, "")]),
            1 => throw new FormatException("it must be a record of fields."),
            int count => throw new FormatException($"it holds {count} documents instead of one."),
        };
    }

    /// <summary>The fields below a name, without it: those of <c>change</c>.</summary>
    public IEnumerable<KeyValuePair<string, string>> Below(string name) =>
        Fields.Where(field => IsBelow(field.Key, name)).Select(field => KeyValuePair.Create(field.Key[(name.Length + 1)..], field.Value));

    /// <summary>The fields that are below none of some names.</summary>
    public IEnumerable<KeyValuePair<string, string>> Beside(params string[] names) =>
        Fields.Where(field => !Array.Exists(names, name => IsBelow(field.Key, name) || field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)));

    private static bool IsBelow(string key, string name) => key.StartsWith($"{name}.", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<KeyValuePair<string, string>> Leaves(YamlMappingNode record, string prefix) => record.Children.SelectMany(child =>
    {
        string key = $"{prefix}{Scalar(child.Key, prefix)}";
        return child.Value switch
        {
            YamlMappingNode inner => Leaves(inner, $"{key}."),
            YamlSequenceNode list => [KeyValuePair.Create(key, string.Join(',', list.Children.Select(item => Scalar(item, key))))],

            // What is null is as if it were not there.
            YamlScalarNode { Value: null or "null" or "~" or "", Style: ScalarStyle.Plain } => [],
            _ => [KeyValuePair.Create(key, Scalar(child.Value, key))],
        };
    });

    private static string Scalar(YamlNode node, string where) => node is YamlScalarNode { Value: { } text }
        ? text
        : throw new FormatException($"'{where}' holds more than one value.");
}
