using System.Text.RegularExpressions;
using Orchestrator.Lab.Servers;

namespace Orchestrator.Sandbox.Tests.Temporal.CommandLine;

/// <summary>A line of <c>commands.txt</c>: a command, and how its answers are compared.</summary>
/// <param name="Text">The arguments of <c>temporal</c>, as a shell takes them.</param>
/// <param name="Until">What the answer holds in the end, for what a server does a moment later; empty for what it says at once.</param>
/// <param name="IsJson">Whether it answers with JSON.</param>
/// <param name="CountsOnce">Whether a line counts once, however often it comes: a real server has a namespace of its own.</param>
internal sealed partial record ScriptedCommand(string Text, IReadOnlyList<string> Until, bool IsJson, bool CountsOnce)
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<ScriptedCommand> All() =>
    [
        .. File.ReadLines(Path.Combine(LabTools.RepositoryRoot, "tests/Sandbox/Temporal/CommandLine/commands.txt"))
            .Where(line => line.Length > 0 && line[0] != '#').SelectMany(Read),
    ];

    /// <summary>Its arguments: words, and what quotes of either kind hold together.</summary>
    public IReadOnlyList<string> Arguments() =>
        [.. Words().Matches(Text).Select(word => word.Groups["quoted"] is { Success: true } quoted ? quoted.Value : word.Value)];

    [GeneratedRegex("""'(?<quoted>[^']*)'|"(?<quoted>[^"]*)"|\S+""")]
    private static partial Regex Words();

    private static IEnumerable<ScriptedCommand> Read(string line)
    {
        string[] parts = line.Split(" | ");
        IReadOnlyList<string> until = parts.SkipLast(1).FirstOrDefault(part => part.StartsWith("until ", StringComparison.Ordinal))
            ?["until ".Length..].Split(" && ") ?? [];
        bool isJson = parts.Contains("as json");
        bool countsOnce = parts.Contains("once");
        yield return new(parts[^1], until, isJson, countsOnce);
        if (parts.Contains("both"))
        {
            yield return new(parts[^1], until, IsJson: true, countsOnce);
        }
    }
}
