using System.CommandLine.Parsing;
using System.Text.Json;
using Orchestrator.Starter.Inputs;

namespace Orchestrator.Starter.Commands;

/// <summary>Reads an option that takes one of a few names.</summary>
internal static class Choice
{
    public static T Parse<T>(ArgumentResult result)
        where T : struct, Enum
    {
        string text = result.Tokens[0].Value;
        string[] names = Enum.GetNames<T>();
        if (names.FirstOrDefault(name => FieldName.AreSame(name, text)) is { } found)
        {
            return Enum.Parse<T>(found);
        }

        result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value} '{text}' must be one of {string.Join(", ", names.Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}.");
        return default;
    }
}
