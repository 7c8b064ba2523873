using Orchestrator.Starter.Rendering;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Exits;

/// <summary>Ends a command with the end of its change.</summary>
internal static class ChangeEnd
{
    /// <summary>Says in one sentence what went wrong, if anything did.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell(ChangeStatus change, Terminal terminal)
    {
        int code = ChangeExit.Of(change);
        if (code != ExitCode.Done)
        {
            terminal.SayErrors(code, [$"{change.ChangeId} ended as {change.State}: {change.Sentence}"]);
        }

        return code;
    }
}
