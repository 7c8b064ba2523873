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

        Refuse<T>(result, text);
        return default;
    }

    /// <summary>The same for an option that may be given more than once.</summary>
    public static T[]? ParseAll<T>(ArgumentResult result)
        where T : struct, Enum
    {
        List<T> found = [];
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (Enum.GetNames<T>().FirstOrDefault(name => FieldName.AreSame(name, text)) is { } name)
            {
                found.Add(Enum.Parse<T>(name));
            }
            else
            {
                Refuse<T>(result, text);
            }
        }

        return [.. found.Distinct()];
    }

    /// <summary>Has the shell complete the names as they are written here, and not as the code spells them.</summary>
    public static Option<T> Completed<T>(Option<T> option)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add([.. Names(typeof(T).GetElementType() ?? Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T))]);
        return option;
    }

    private static void Refuse<T>(ArgumentResult result, string text) => result.AddError(
        $"{(result.Parent as OptionResult)?.IdentifierToken?.Value} '{text}' must be one of {string.Join(", ", Names(typeof(T)))}.");

    private static IEnumerable<string> Names(Type type) => Enum.GetNames(type).Select(FieldName.Key);
}
