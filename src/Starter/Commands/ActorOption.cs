using System.CommandLine;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary>Who acts. The name is not verified, and the procedure is told so.</summary>
internal static class ActorOption
{
    public static Option<string?> Option { get; } = new("--as")
    {
        Description = "Who acts (default: the user of this machine)",
        HelpName = "name",
    };

    public static bool IsGiven(ParseResult parsed) => parsed.GetValue(Option) is not null;

    public static string Read(ParseResult parsed) => $"{Actor.UnverifiedPrefix}{parsed.GetValue(Option) ?? Environment.UserName}";
}
