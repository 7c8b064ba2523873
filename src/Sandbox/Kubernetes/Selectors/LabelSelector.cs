using System.Text.RegularExpressions;
using Orchestrator.Sandbox.Kubernetes.Errors;

namespace Orchestrator.Sandbox.Kubernetes.Selectors;

/// <summary>A label selector as it stands in a URL: <c>app=kafka,tier in (a,b),!gone</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    /// <summary>Whether it asks for nothing.</summary>
    public bool IsEmpty => _requirements.Count == 0;

    /// <summary>Reads a selector; null asks for nothing.</summary>
    /// <exception cref="StatusException">It cannot be read (400).</exception>
    public static LabelSelector Parse(string? text)
    {
        LabelSelector selector = new();
        string rest = text?.Trim() ?? "";
        while (rest.Length > 0)
        {
            Match match = Requirement().Match(rest);
            if (!match.Success)
            {
                throw StatusException.BadRequest($"unable to parse requirement: found '{rest}', expected: a label selector");
            }

            selector._requirements.Add(Read(match));
            rest = rest[match.Length..].TrimStart();
        }

        return selector;
    }

    /// <summary>Whether labels are as it asks.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(requirement => requirement(labels));

    private static Func<IReadOnlyDictionary<string, string>, bool> Read(Match match)
    {
        string key = match.Groups["key"].Value;
        HashSet<string> values =
        [
            .. (match.Groups["set"].Success ? match.Groups["set"].Value.Split(',') : [match.Groups["value"].Value])
                .Select(each => each.Trim()),
        ];
        return (match.Groups["op"].Value, match.Groups["not"].Success) switch
        {
            ("=" or "==" or "in", _) => labels => labels.TryGetValue(key, out string? value) && values.Contains(value),
            ("!=" or "notin", _) => labels => !labels.TryGetValue(key, out string? value) || !values.Contains(value),
            (">", _) => labels => Number(labels, key) > long.Parse(values.Single()),
            ("<", _) => labels => Number(labels, key) < long.Parse(values.Single()),
            (_, true) => labels => !labels.ContainsKey(key),
            _ => labels => labels.ContainsKey(key),
        };
    }

    private static long? Number(IReadOnlyDictionary<string, string> labels, string key) =>
        labels.TryGetValue(key, out string? text) && long.TryParse(text, out long number) ? number : null;

    [GeneratedRegex(
        @"^(?:(?<not>!)\s*(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)" +
        @"|(?<key>[A-Za-z0-9][-A-Za-z0-9_./]*)\s*(?:(?<op>in|notin)\s*\((?<set>[^)]*)\)|(?<op>==|=|!=|>|<)\s*(?<value>[-A-Za-z0-9_.]*))?)" +
        @"\s*(?:,|$)")]
    private static partial Regex Requirement();
}
