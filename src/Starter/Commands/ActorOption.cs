using System.CommandLine;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Commands;

/// <summary>Who acts. Nobody vouches for the name, and the procedure is told so.</summary>
internal static class ActorOption
{
    public static Option<string?> Option { get; } = new("--as")
    {
        Description = "Who acts; the user of this machine, if this does not say",
        HelpName = "name",
    };

    public static bool IsGiven(ParseResult parsed) => parsed.GetValue(Option) is not null;

    public static string Read(ParseResult parsed) => $"{Actor.UnverifiedPrefix}{parsed.GetValue(Option) ?? Environment.UserName}";
}
