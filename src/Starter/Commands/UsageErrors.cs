using System.CommandLine;
using Orchestrator.Workflows.Catalogue;

namespace Orchestrator.Starter.Commands;

/// <summary>What is wrong with the way a command is used: all of it, each with what may have been meant.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> Of(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [var first, ..])
        {
            return [.. parsed.Errors.Select(error => error.Message).Distinct()];
        }

        // An unknown command makes every word after it unknown as well.
        Command command = parsed.CommandResult.Command;
        return command.Subcommands.Count > 0 && !first.StartsWith('-')
            ? [Unknown("command", first, command.Subcommands.Select(subcommand => subcommand.Name))]
            : [.. parsed.UnmatchedTokens.Select(token =>
                token.StartsWith('-') ? Unknown("option", token, Options(parsed)) : TooMuch(command, token))];
    }

    private static IEnumerable<string> Options(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Concat(parsed.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Select(option => option.Name);

    private static string TooMuch(Command command, string token) => command.Arguments.Count switch
    {
        0 => $"Unexpected argument '{token}': '{command.Name}' takes none.",
        1 => $"Unexpected argument '{token}': '{command.Name}' takes only one ({command.Arguments[0].Name}).",
        int most => $"Unexpected argument '{token}': '{command.Name}' takes at most {most}.",
    };

    private static string Unknown(string what, string token, IEnumerable<string> names) =>
        NearNames.Meant(token, names) is { Count: > 0 } near
            ? $"There is no {what} '{token}'; did you mean {string.Join(" or ", near)}?"
            : $"There is no {what} '{token}'.";
}
