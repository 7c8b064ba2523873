using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Rendering;

namespace Orchestrator.Starter.Commands;

/// <summary>The end of the commands that list open changes.</summary>
internal static class OpenChangesCommand
{
    /// <summary>Prints the changes whose runs answered, and what Temporal knows of the others.</summary>
    /// <returns>The exit code: a server is out of reach where a run did not answer.</returns>
    public static int Tell(OpenChanges open, Func<IReadOnlyList<ChangeView>, Sheet> sheet, OutputFormat format, Terminal terminal)
    {
        if (format != OutputFormat.Table)
        {
            terminal.Print<IReadOnlyList<object>>(format, [.. open.Answered, .. open.Unanswered], _ => new Sheet());
        }
        else
        {
            if (open.Answered.Count > 0 || open.Unanswered.Count == 0)
            {
                terminal.Print(sheet(open.Answered));
            }

            if (open.Unanswered.Count > 0)
            {
                terminal.Print(KnownSheet.Of(open.Unanswered, terminal.Clock.GetUtcNow()));
            }
        }

        return open.Why is { } why ? throw why : ExitCode.Done;
    }
}
