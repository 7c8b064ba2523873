using System.CommandLine;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary>Options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How results are printed: table (the default) for people, json or yaml for pipes",
        HelpName = "table|json|yaml",
        CustomParser = Choice.Parse<OutputFormat>,
        Recursive = true,
    };
}
