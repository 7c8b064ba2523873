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
    /// be away before a change is refused that has not begun. Under way the run lifts that limit, of reads and writes alike.
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
    /// Sections of an assessment: two minutes with all tries, since an answer that comes late is worse than one that says what is unknown.
    /// </summary>
    public static ActivityOptions Probe
    {
        get
        {
            ActivityOptions options = Read;
            options.ScheduleToCloseTimeout = TimeSpan.FromMinutes(2);
            return options;
        }
    }

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
    /// As <see cref="Write"/>, with one try, which ends within a minute or is not made: it rests on a reading right before it, which does
    /// not wait until workers come back.
    /// </summary>
    public static ActivityOptions OneWrite
    {
        get
        {
            ActivityOptions options = Write;
            options.ScheduleToCloseTimeout = TimeSpan.FromMinutes(1);
            options.RetryPolicy = new RetryPolicy { MaximumAttempts = 1 };
            return options;
        }
    }

    /// <summary>A check whether the clusters answer: for a minute.</summary>
    public static ActivityOptions Glance
    {
        get
        {
            ActivityOptions options = Read;
            options.ScheduleToCloseTimeout = TimeSpan.FromMinutes(1);
            return options;
        }
    }

    /// <summary>
    /// Writes that make the world safe while somebody waits for what comes of it: as <see cref="Write"/>, for a minute, and although the
    /// workflow may be cancelled.
    /// </summary>
    public static ActivityOptions SafetyWithinAMinute
    {
        get
        {
            ActivityOptions options = SafetyWrite;
            options.ScheduleToCloseTimeout = TimeSpan.FromMinutes(1);
            return options;
        }
    }

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
    /// The task queue for what watches. A run on another task queue than ours has workers of its own there, which do all of it.
    /// </summary>
    public static string WatchQueue =>
        Workflow.Info.TaskQueue == ChangeNames.TaskQueue ? ChangeNames.WatchQueue : Workflow.Info.TaskQueue;

    /// <summary>
    /// Watches that last until something happens, at most a day a try; a lost worker is noticed by its missing heartbeats.
    /// </summary>
    /// <param name="cancellationToken">Ends it.</param>
    public static ActivityOptions Watch(CancellationToken cancellationToken) => new()
    {
        TaskQueue = WatchQueue,
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

    /// <summary>Notices: for a day, since what people are told late is better than what they are not told.</summary>
    public static ActivityOptions Notice => new()
    {
        StartToCloseTimeout = TimeSpan.FromMinutes(30),
        ScheduleToCloseTimeout = TimeSpan.FromDays(1),
        HeartbeatTimeout = LostAfter,
        RetryPolicy = new RetryPolicy
        {
            InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(1),
        },
    };

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
