using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Makes the calls of a run. Before its first step a call has the limit of its class: a target that cannot be reached refuses the change.
/// Under way it has none: an outage delays a change and never fails it. After <see cref="StallAfter"/> people are told, with the cause;
/// the call is retried without end, and the run continues by itself once it works. Only an abort, a cancel or a fatal answer ends it.
/// </summary>
internal sealed class RunCalls
{
    private readonly ChangeProgress _progress;
    private readonly AuditTrail _audit;
    private readonly Action<ChangeState, string, ApprovalDecision?> _move;
    private (ChangeState State, string Sentence)? _before;

    public RunCalls(ChangeProgress progress, AuditTrail audit, Action<ChangeState, string, ApprovalDecision?> move)
    {
        _progress = progress;
        _audit = audit;
        _move = move;
    }

    /// <summary>How long a call may go without an answer before people are informed.</summary>
    public TimeSpan StallAfter { get; set; } = ProcedureParts.DefaultStallAfter;

    /// <summary>Whether the run is stalled because a call gets no answer.</summary>
    public bool IsOut => _before is not null;

    /// <summary>Makes a call.</summary>
    /// <param name="call">Makes it, with the options that it is given; called a second time where the first had no answer in time.</param>
    /// <param name="options">Its class.</param>
    /// <param name="lasting">The time that it takes where nothing is wrong, such as the pauses between several readings.</param>
    /// <exception cref="ActivityFailureException">It has a fatal answer, or was cancelled.</exception>
    public async Task<T> CallAsync<T>(Func<ActivityOptions, Task<T>> call, ActivityOptions options, TimeSpan lasting = default)
    {
        if (!_progress.Began)
        {
            return await call(options);
        }

        DateTime since = Workflow.UtcNow;
        bool isUnderWay;
        try
        {
            // A first limit costs the history nothing, and its end brings the cause along, which nothing else tells a workflow.
            return await call(Limited(options, StallAfter + lasting));
        }
        catch (ActivityFailureException e) when (e.RetryState == RetryState.Timeout)
        {
            isUnderWay = e.InnerException is TimeoutFailureException
                && options.CancellationType == ActivityCancellationType.WaitCancellationCompleted;
            Begin($"{e.ActivityType} has had no answer since {since:u}: {Cause(e)}");
        }

        try
        {
            if (isUnderWay)
            {
                // A try that still writes has ended by then, so no two of one call write at the same time.
                await Workflow.DelayWithOptionsAsync(
                    new(options.StartToCloseTimeout!.Value, "the last attempt", options.CancellationToken ?? Workflow.CancellationToken));
            }

            return await call(Limited(options, null));
        }
        finally
        {
            End();
        }
    }

    /// <summary>Shows that a call gets no answer; does nothing where that is shown already.</summary>
    /// <param name="cause">What does not answer, since when, and why.</param>
    public void Begin(string cause)
    {
        if (IsOut)
        {
            return;
        }

        _before = (_progress.State, _progress.Sentence);
        string then = _progress.IsUndoing ? "The run keeps its lock until then." : "The run then continues by itself. Controls: abort.";
        string sentence = $"{cause.TrimEnd('.')}. The call is retried until there is one. {then}";
        _audit.Add(AuditTypes.Outage, sentence, "failed", ReasonCodes.WorldAway);
        _move(ChangeState.Blocked, sentence, null);
    }

    /// <summary>Goes back to where the run stood.</summary>
    public void End()
    {
        if (_before is not { } before)
        {
            return;
        }

        _before = null;
        _audit.Add(AuditTypes.Outage, "There is an answer again, or the call was given up.");
        _move(before.State, before.Sentence, null);
    }

    // The cause, not the limit that brought it to light.
    private static string Cause(ActivityFailureException failure)
    {
        Exception cause = failure;
        while (cause is ActivityFailureException or TimeoutFailureException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause is TimeoutFailureException ? "no worker has answered in time" : FailureText.Of(cause).Sentence;
    }

    private static ActivityOptions Limited(ActivityOptions options, TimeSpan? limit)
    {
        ActivityOptions copy = (ActivityOptions)options.Clone();
        copy.ScheduleToCloseTimeout = limit;
        return copy;
    }
}
