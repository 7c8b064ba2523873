using System.CommandLine;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<OutputFormat> Output { get; } = Choice.Completed(new Option<OutputFormat>("--output", "-o")
    {
        Description = "Output format: table (the default) for people, json or yaml for scripts",
        HelpName = "table|json|yaml",
        CustomParser = Choice.Parse<OutputFormat>,
        Recursive = true,
    });

    /// <summary>The format that a command line asks for, also where something else on it is wrong.</summary>
    public static OutputFormat Format(ParseResult parsed) =>
        parsed.Errors.Any(error => error.SymbolResult is System.CommandLine.Parsing.OptionResult result && result.Option == Output)
            ? OutputFormat.Table
            : parsed.GetValue(Output);
}
