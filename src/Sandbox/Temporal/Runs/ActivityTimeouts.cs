using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;

namespace Orchestrator.Sandbox.Temporal.Runs;

/// <summary>
/// The limits of an activity with what is missing filled in, as the server does it: from schedule-to-close where that is given, else
/// from the run's own timeout; none is longer than the run's. Zero is no limit.
/// </summary>
internal sealed record ActivityTimeouts(TimeSpan ScheduleToClose, TimeSpan ScheduleToStart, TimeSpan StartToClose, TimeSpan Heartbeat)
{
    /// <summary>The limits of one activity.</summary>
    public static ActivityTimeouts Of(ScheduleActivityTaskCommandAttributes wanted, TimeSpan runTimeout)
    {
        TimeSpan whole = Of(wanted.ScheduleToCloseTimeout);
        TimeSpan queued = Of(wanted.ScheduleToStartTimeout);
        TimeSpan work = Of(wanted.StartToCloseTimeout);
        if (whole > TimeSpan.Zero)
        {
            queued = queued > TimeSpan.Zero ? Least(queued, whole) : whole;
            work = work > TimeSpan.Zero ? Least(work, whole) : whole;
        }
        else
        {
            whole = runTimeout;
            queued = queued > TimeSpan.Zero ? queued : runTimeout;
        }

        whole = Least(whole, runTimeout);
        work = Least(work, runTimeout);
        return new(whole, Least(queued, runTimeout), work, Least(Of(wanted.HeartbeatTimeout), work));
    }

    private static TimeSpan Of(Duration? duration) => duration?.ToTimeSpan() ?? TimeSpan.Zero;

    // The shorter one; zero is no limit.
    private static TimeSpan Least(TimeSpan one, TimeSpan limit) =>
        limit == TimeSpan.Zero || (one > TimeSpan.Zero && one < limit) ? one : one == TimeSpan.Zero ? one : limit;
}
