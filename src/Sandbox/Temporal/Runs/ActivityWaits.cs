using Orchestrator.Sandbox.Time;
using Temporalio.Activities;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// The waits of activities in virtual time. While its code is in one, an activity does not hold the clock; it has just heartbeat when it
/// enters one, and is not asked for another heartbeat until it leaves it.
/// </summary>
internal sealed class ActivityWaits(ServerState state)
{
    // Of the wall clock. An activity that must end learns of it by its next heartbeat, within milliseconds.
    private static readonly TimeSpan Learning = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Waits as the activity whose code calls this. A cancel request ends the wait at once, so that the code heartbeats and learns of it;
    /// an activity whose worker is ended never wakes.
    /// </summary>
    /// <exception cref="InvalidOperationException">The caller is no activity.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public async Task ForAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        if (!ActivityExecutionContext.HasCurrent)
        {
            throw new InvalidOperationException("Only an activity waits so; a part of the box waits by BoxTime.");
        }

        ActivityExecutionContext context = ActivityExecutionContext.Current;
        TaskToken token = TaskToken.Parse(Google.Protobuf.ByteString.CopyFrom(context.Info.TaskToken));
        string? connection = BoxConnection.IdOf(context.TemporalClient);
        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PendingActivity? activity = null;
        Alarm? wait = null;
        TimeSpan most = state.Change(() =>
        {
            if (connection is not null && state.Ended.ContainsKey(connection))
            {
                return Timeout.InfiniteTimeSpan;
            }

            activity = state.Find(token.RunId)?.Activities.Find(token);
            if (activity is null || activity.MustEnd)
            {
                return Learning;
            }

            wait = activity.BeginWait(time, () => over.TrySetResult());
            return Timeout.InfiniteTimeSpan;
        });
        try
        {
            await over.Task.WaitAsync(most, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It does not heartbeat, and so never learns that it must end: it goes on, as it would on any server.
        }
        finally
        {
            state.Change(() => activity?.EndWait(wait));
        }
    }
}
