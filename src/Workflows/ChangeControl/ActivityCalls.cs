using Temporalio.Common;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How activities are called: one set of limits for each class of call.</summary>
public static class ActivityCalls
{
    // Work that may take minutes heartbeats: a worker that is lost in the middle of it costs this long, and not the limit of a try.
    private static readonly TimeSpan LostAfter = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Reads: two minutes a try, since a big cluster takes that long to describe; retried for ten minutes, the time that an API server may
    /// be away before a person has to look.
    /// </summary>
    public static ActivityOptions Read => Reading(TimeSpan.Zero);

    /// <summary>Reads that are repeated for a while: as <see cref="Read"/>, and so much longer.</summary>
    /// <param name="lasting">The time between the first reading and the last.</param>
    public static ActivityOptions Reading(TimeSpan lasting) => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(2) + (lasting * 2),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(10) + (lasting * 2),
        HeartbeatTimeout = LostAfter,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
        },
    };

    /// <summary>
    /// Writes of one object: short, because each reads first and so can be tried again; a cancel waits until the try has ended, so that
    /// the undo does not race it.
    /// </summary>
    public static ActivityOptions Write => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(10),
        CancellationType = ActivityCancellationType.WaitCancellationCompleted,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
        },
    };

    /// <summary>
    /// Writes that make the world safe, such as undoes: as <see cref="Write"/>, for an hour, and although the workflow may be cancelled.
    /// </summary>
    public static ActivityOptions SafetyWrite => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        ScheduleToCloseTimeout = TimeSpan.FromHours(1),
        CancellationToken = CancellationToken.None,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
        },
    };

    /// <summary>Writes of a fencing token: as <see cref="Write"/>, for five minutes; a change that asks for a lock waits for it.</summary>
    public static ActivityOptions Fence => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(5),
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
        },
    };

    /// <summary>
    /// Watches that last until something happens, at most a day a try; a lost worker is noticed by its missing heartbeats.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public static ActivityOptions Watch(CancellationToken cancellationToken) => new()
    {
        StartToCloseTimeout = TimeSpan.FromDays(1),
        HeartbeatTimeout = LostAfter,
        CancellationToken = cancellationToken,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(10),
        },
    };

    /// <summary>The same call under another cancellation token than the workflow's own.</summary>
    public static ActivityOptions Within(this ActivityOptions options, CancellationToken cancellationToken)
    {
        options.CancellationToken = cancellationToken;
        return options;
    }

    /// <summary>The same call with a line for whoever reads the history: the step, or the phase, that it belongs to.</summary>
    public static ActivityOptions For(this ActivityOptions options, string what)
    {
        options.Summary = what;
        return options;
    }

    /// <summary>Writes of evidence, after the end of a change: for ten minutes, and although the workflow may be cancelled.</summary>
    public static ActivityOptions Evidence => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(2),
        ScheduleToCloseTimeout = TimeSpan.FromMinutes(10),
        HeartbeatTimeout = LostAfter,
        CancellationToken = CancellationToken.None,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromSeconds(30),
        },
    };
}
