using Orchestrator.Starter.Changes;
using Orchestrator.Starter.Exits;
using Orchestrator.Starter.Servers;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Starter.Following;

/// <summary>Waits until a change that was just started has said something about its input.</summary>
internal static class InputVerdict
{
    // The rules of the input are checked in the first moments of a run; the look at the world after them may take longer.
    private static readonly TimeSpan WaitFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The change when it is beyond its first look, or after ten seconds: one that still looks then has found its input valid. Null where
    /// no worker has answered by then.
    /// </summary>
    public static async Task<ChangeView?> WaitAsync(TemporalServer server, string workflowId, CancellationToken cancellationToken)
    {
        ChangeReader reader = new(server, workflowId);
        long begun = server.Clock.GetTimestamp();
        ChangeView? last = null;
        while (true)
        {
            try
            {
                last = await reader.ReadAsync(cancellationToken);
            }
            catch (SopException e) when (e.ExitCode == ExitCode.OutOfReach)
            {
                // It may only just be starting.
            }

            if (last is { Change.State: not ChangeState.Looking } || server.Clock.GetElapsedTime(begun) >= WaitFor)
            {
                return last;
            }

            await Task.Delay(LookEvery, server.Clock, cancellationToken);
        }
    }
}
