using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Starter.Inputs;

namespace Orchestrator.Starter.Commands;

/// <summary>Reads an option that takes one of a few names, in lower case.</summary>
internal static class Choice
{
    public static T Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        string text = result.Tokens[0].Value;
        if (Enum.GetNames<T>().FirstOrDefault(name => FieldName.AreSame(name, text)) is { } found)
        {
            return Enum.Parse<T>(found);
        }

        result.AddError(
            $"{(result.Parent as OptionResult)?.IdentifierToken?.Value} '{text}' must be one of {string.Join(", ", Names(typeof(T)))}.");
        return default;
    }

    /// <summary>Has the shell complete the names as they are written here, and not as the code spells them.</summary>
    public static Option<T> Completed<T>(Option<T> option)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. Names(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T))]);
        return option;
    }

    private static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(FieldName.Key);
}
