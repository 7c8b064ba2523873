using System.Text.RegularExpressions;

namespace Orchestrator.Sandbox.Tests.CommandLine;

/// <summary>A line of a script: a command, and how its answers are compared.</summary>
/// <param name="Text">The command, as a shell takes it.</param>
/// <param name="Until">What the answer holds in the end, for what a server does a moment later; empty for what it says at once.</param>
/// <param name="IsJson">Whether it answers with JSON.</param>
/// <param name="CountsOnce">
/// Whether a line counts once, however often and wherever it comes: a real server has a namespace of its own, and lists all by their ids.
/// </param>
/// <param name="IsLast">Whether the last line counts alone, after others that tell of progress.</param>
/// <param name="IsSorted">Whether the lines come in any order.</param>
/// <param name="IsQuiet">Whether the exit code counts alone: what is printed depends on how soon the command comes.</param>
internal sealed partial record ScriptedCommand(
    string Text, IReadOnlyList<string> Until, bool IsJson, bool CountsOnce, bool IsLast, bool IsSorted, bool IsQuiet)
{
    /// <summary>The commands of a script, in order; lines that begin with <c>#</c> are comments.</summary>
    public static IReadOnlyList<ScriptedCommand> ReadAll(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').SelectMany(Read)];

    /// <summary>Its words, and what quotes of either kind hold together.</summary>
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
        ScriptedCommand command = new(
            parts[^1], until, isJson, countsOnce, parts.Contains("last"), parts.Contains("sorted"), parts.Contains("quiet"));
        yield return command;
        if (parts.Contains("both"))
        {
            yield return command with { IsJson = true };
        }
    }
}
