using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Alertmanager;

/// <summary>A condition on a label; a label that an alert lacks counts as empty.</summary>
internal sealed partial class LabelMatcher
{
    private readonly Regex? _pattern;

    /// <exception cref="FormatException">The value is not a regular expression, and should be one.</exception>
    public LabelMatcher(string name, string value, bool isRegex, bool isEqual)
    {
        (Name, Value, IsRegex, IsEqual) = (name, value, isRegex, isEqual);
        try
        {
            // Go's syntax is nearly the same, and its expressions are for the whole of a value too.
            _pattern = isRegex ? new Regex($"^(?:{value})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant) : null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new FormatException($"'{value}' is not a regular expression: {e.Message}", e);
        }
    }

    public string Name { get; }

    public string Value { get; }

    public bool IsRegex { get; }

    public bool IsEqual { get; }

    /// <summary>Reads a filter such as <c>severity=~"critical|page"</c>; the quotes may be left out.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LabelMatcher Parse(string text) => Filter().Match(text) is { Success: true } match
        ? new(
            match.Groups["name"].Value,
            match.Groups["quoted"] is { Success: true } quoted ? Unescape(quoted.Value) : match.Groups["plain"].Value,
            match.Groups["operator"].Value is "=~" or "!~",
            match.Groups["operator"].Value is "=" or "=~")
        : throw new FormatException($"bad matcher format: {text}");

    /// <summary>Whether the labels of an alert meet it.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        string value = labels.GetValueOrDefault(Name, "");
        return (_pattern?.IsMatch(value) ?? value == Value) == IsEqual;
    }

    private static string Unescape(string text) =>
        Escape().Replace(text, match => match.Groups[1].Value == "n" ? "\n" : match.Groups[1].Value);

    [GeneratedRegex(
        """^\s*(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?<operator>=~|!~|!=|=)\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<plain>[^"]*?))\s*$""")]
    private static partial Regex Filter();

    [GeneratedRegex("""\\(["\\n])""")]
    private static partial Regex Escape();
}
