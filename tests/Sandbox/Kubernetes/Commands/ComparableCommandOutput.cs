using System.Text.RegularExpressions;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Kubernetes.Commands;

/// <summary>
/// What <c>kubectl</c> and <c>helm</c> print, without what differs from run to run (names of the server's own making, times, ages,
/// addresses, widths of columns) and without the lines that the page of differences lists.
/// </summary>
internal static partial class ComparableCommandOutput
{
    private const string Heading = "## Kubernetes, seen through kubectl and helm";

    private static readonly IReadOnlyList<Regex> Known =
        [.. KnownDifferences().Select(pattern => new Regex($"^({pattern})$", RegexOptions.CultureInvariant))];

    /// <summary>The lines that can be compared.</summary>
    public static string Of(string output, string @namespace)
    {
        string text = output.Replace(@namespace, "NS", StringComparison.Ordinal);
        text = Tokens().Replace(text, "TOKEN");
        text = Dates().Replace(text, "TIME");
        text = Addresses().Replace(text, "ADDRESS");
        text = Ages().Replace(text, "AGE");
        text = Files().Replace(text, "FILE");
        text = Hashes().Replace(text, "$1-HASH");
        text = Suffixes().Replace(text, "$1-SUFFIX");
        text = Versions().Replace(text, "resourceVersion: VERSION");
        text = Uids().Replace(text, "UID");
        return string.Join('\n', Blanks().Replace(text, " ").Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !Known.Any(pattern => pattern.IsMatch(line))));
    }

    // The first column of the page's table.
    private static IEnumerable<string> KnownDifferences() =>
        File.ReadLines(Path.Combine(LabTools.RepositoryRoot, "docs", "sandbox-differences.md"))
            .SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line[3..line.IndexOf("` | ", StringComparison.Ordinal)].Replace("\\|", "|", StringComparison.Ordinal));

    [GeneratedRegex(@"eyJ[\w.-]+")]
    private static partial Regex Tokens();

    [GeneratedRegex(
        @"(\w{3},? )?(\w{3} +\d+|\d+ \w{3}) (\d\d:\d\d:\d\d \d{4}|\d{4} \d\d:\d\d:\d\d \+0000)" +
        @"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^ \n]*( \+0000 UTC)?")]
    private static partial Regex Dates();

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+(:\d+)?")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"(?<=\s\(?)(\d+[smh](\d+s)?|<invalid>)(?=\s|$|\))( \(x\d+ over \d+[sm](\d+s)?\))?( ago)?", RegexOptions.Multiline)]
    private static partial Regex Ages();

    [GeneratedRegex(@"/tmp/\S+")]
    private static partial Regex Files();

    [GeneratedRegex(@"\b([a-z]+(-HASH)?)-[bcdfghjklmnpqrstvwxz2456789]{5}\b")]
    private static partial Regex Suffixes();

    // What the names of ReplicaSets and revisions end with.
    [GeneratedRegex(@"\b([a-z]+)-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b")]
    private static partial Regex Hashes();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uids();

    [GeneratedRegex("resourceVersion: \"\\d+\"")]
    private static partial Regex Versions();

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Blanks();
}
