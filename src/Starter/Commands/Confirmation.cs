using System.CommandLine;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary>Asks the person at the terminal before something that is hard to take back. Where nobody can answer, nobody is asked.</summary>
internal static class Confirmation
{
    public static Option<bool> Option { get; } = new("--yes", "-y") { Description = "Do not ask" };

    public static bool IsGiven(ParseResult parsed) => parsed.GetValue(Option);

    /// <summary>Asks.</summary>
    /// <exception cref="SopException">The answer is not yes.</exception>
    public static void Require(string question, Terminal terminal)
    {
        if (!terminal.Ask(question))
        {
            throw new SopException(ExitCode.Interrupted, "Nothing was done: the answer was not yes.");
        }
    }
}
