using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Converters;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What stands between a plan and its first step: votes, the time to start, the lock.</summary>
internal sealed class RunGate
{
    private readonly ChangeProgress _progress;
    private readonly ChangeRequest _request;
    private readonly RunControls _controls;
    private readonly RunLocks _locks;
    private readonly RunEvidence _evidence;
    private readonly AuditTrail _audit;
    private readonly Action<ChangeState, string, ApprovalDecision?> _move;
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
    private CancellationTokenSource? _waits;
    private ResolvedTarget? _resolved;
    private IReadOnlyList<LockNeed> _needs = [];
    private int _votes;

    public RunGate(
        ChangeProgress progress,
        ChangeRequest request,
        RunControls controls,
        RunLocks locks,
        RunEvidence evidence,
        AuditTrail audit,
        Action<ChangeState, string, ApprovalDecision?> move)
    {
        _progress = progress;
        _request = request;
        _controls = controls;
        _locks = locks;
        _evidence = evidence;
        _audit = audit;
        _move = move;
    }

    /// <summary>What it is in, in one word, for a failure before the first step.</summary>
    public string Phase => _progress.State switch
    {
        ChangeState.AwaitingApproval => "approval",
        ChangeState.Scheduled => "schedule",
        ChangeState.Queued => "lock",
        _ => "look",
    };

    /// <summary>Whether people must vote.</summary>
    public bool IsVotedOn => Tier.Approvals.Count > 0;

    /// <summary>Whether the votes on a point of no return are waited for.</summary>
    public bool AwaitsVotesOnAStep { get; private set; }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    private TierPolicy Tier => _resolved!.Policy.Of(_progress.Tier);

    /// <summary>Opens the gate for a target.</summary>
    public void Open(ResolvedTarget resolved) => _resolved = resolved;

    /// <summary>Ends what is waited for: the change is withdrawn.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Ends the wait: a vote was revoked.</summary>
    public void Revoke()
    {
        if (_waits is not null)
        {
            WorkflowCancel.Now(_waits);
        }
    }

    /// <summary>Why the votes do not count any more; null where they do. Told once: the votes start over.</summary>
    public GateVerdict? TakeRevoked()
    {
        ControlRequest? revoked = _controls.Revoked;
        _controls.Revoked = null;
        return revoked is null ? null : new(
            ChangeState.Expired, $"{Actor.Subject(revoked.Actor)} revoked "
                + $"their vote{(revoked.Reason is null ? "" : $": {revoked.Reason}")}.", ReasonCodes.ApprovalRevoked);
    }

    /// <summary>Takes the change through votes, time and lock.</summary>
    /// <returns>Why it does not start; null where it does.</returns>
    public async Task<GateVerdict?> PassAsync(IReadOnlyList<LockNeed> needs)
    {
        _needs = needs;
        if (IsVotedOn && await VoteAsync() is { } denied)
        {
            return denied;
        }

        DateTimeOffset? validUntil = IsVotedOn ? Now + Tier.ValidFor : null;
        using CancellationTokenSource waits = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _waits = waits;
        try
        {
            return await WaitForTimeAsync(validUntil, waits.Token) ?? await LockAsync(validUntil, waits.Token);
        }
        catch (Exception e)
            when (TemporalException.IsCanceledException(e) && !_stop.IsCancellationRequested && _controls.Revoked is not null)
        {
            await GiveBackAsync();
            return TakeRevoked();
        }
        finally
        {
            _waits = null;
        }
    }

    /// <summary>Takes the locks again after a wait without them; an abort or a cancel waits for that, since its undo needs them.</summary>
    public async Task TakeBackAsync()
    {
        while (!await TakeAsync(null, CancellationToken.None))
        {
            // A guard that lost its queue is asked anew.
        }
    }

    /// <summary>Gives all locks back.</summary>
    public async Task GiveBackAsync()
    {
        try
        {
            bool held = _locks.Grants.Count > 0;
            await _locks.ReleaseAsync();
            if (held)
            {
                _audit.Add(AuditTypes.LockReleased);
            }
        }
        catch (ActivityFailureException e)
        {
            // The guard finds out by itself that this run has ended.
            _audit.Add(AuditTypes.LockReleased, FailureText.Of(e).Sentence, "failed", FailureText.Of(e).Code);
        }
    }

    /// <summary>Asks the same people once more, right before a point of no return.</summary>
    /// <exception cref="ApplicationFailureException">They did not agree: the run ends before it.</exception>
    public async Task ApproveStepAsync(string step)
    {
        if (!IsVotedOn)
        {
            return;
        }

        ApprovalStatus outcome;
        AwaitsVotesOnAStep = true;
        try
        {
            outcome = await AskAsync($"{step} is a point of no return", step);
        }
        finally
        {
            AwaitsVotesOnAStep = false;
        }

        _move(ChangeState.Running, outcome.Sentence, outcome.Decision);
        if (outcome.Decision != ApprovalDecision.Granted)
        {
            throw new ApplicationFailureException($"Ended before {step}. {outcome.Sentence}", errorType: FailureCodes.Aborted,
                nonRetryable: true);
        }
    }

    private async Task<GateVerdict?> VoteAsync()
    {
        ApprovalStatus outcome = await AskAsync(null);
        return outcome.Decision switch
        {
            ApprovalDecision.Granted => null,
            ApprovalDecision.Denied => new(ChangeState.Rejected, outcome.Sentence),
            _ => new(ChangeState.Expired, outcome.Sentence),
        };
    }

    private async Task<ApprovalStatus> AskAsync(string? why, string? step = null)
    {
        DateTimeOffset asked = Now;
        string id = $"{Workflow.Info.WorkflowId}/approval/{++_votes}";
        ApproveChangeInput ask = _progress.AskFor(Tier, _resolved!.Policy) with { Step = step };
        IRawValue input = Workflow.PayloadConverter.ToRawValue(ask);
        ChildWorkflowHandle<ApproveChangeWorkflow, ApprovalStatus> child = await Workflow.StartChildWorkflowAsync(
            (ApproveChangeWorkflow w) => w.RunAsync(input),
            new()
            {
                Id = id,
                StaticSummary = $"{_progress.Procedure} on {_progress.Target} for {_progress.RequestedBy}{(why is null ? "" : $": {why}")}",
                CancellationToken = _stop.Token,
            });
        _progress.ApprovalWorkflowId = id;
        _progress.ApprovalIds.Add(id);
        _progress.Approval = null;
        // At a point of no return the plan under way stays the one that was approved.
        _progress.Approved = step is null ? null : _progress.Approved;
        _move(
            why is null ? ChangeState.AwaitingApproval : ChangeState.Blocked,
            $"{(why is null ? "" : $"{why}: ")}Waits for {ApprovalRequirement.Text(Tier.Approvals)} to approve plan "
                + $"{_progress.PlanHash![..12]}.",
            ApprovalDecision.Waiting);
        ApprovalStatus outcome = await child.GetResultAsync();
        if (outcome.Decision == ApprovalDecision.Granted)
        {
            RequireVotes(ask, outcome, asked);
            _progress.Approved ??= _progress.Plan;
        }

        _progress.Approval = outcome;
        _evidence.Voted(outcome);
        return outcome;
    }

    // Whoever polls our task queue can answer for the child; it is believed as far as its votes say so themselves.
    private static void RequireVotes(ApproveChangeInput input, ApprovalStatus outcome, DateTimeOffset asked)
    {
        if (VoteCount.Refuse(input, outcome, asked, Now) is { } why)
        {
            throw new ApplicationFailureException(
                $"The approval reports plan {input.PlanHash[..12]} as granted, but its votes do not confirm that. {why}",
                errorType: ReasonCodes.ApprovalUnproven,
                nonRetryable: true);
        }
    }

    private async Task<GateVerdict?> WaitForTimeAsync(DateTimeOffset? validUntil, CancellationToken cancellationToken)
    {
        if (_request.NotBefore is not { } start || start <= Now)
        {
            return TooLate(validUntil);
        }

        _move(ChangeState.Scheduled, $"Waits until {start:u}.", _progress.Approval?.Decision);
        DateTimeOffset wake = validUntil < start ? validUntil.Value : start;
        await Workflow.DelayAsync(wake - Now, cancellationToken);
        return TooLate(validUntil);
    }

    private async Task<GateVerdict?> LockAsync(DateTimeOffset? validUntil, CancellationToken cancellationToken)
    {
        DateTimeOffset? until = _request.Deadline is { } deadline && !(validUntil < deadline) ? deadline : validUntil;
        bool taken = await TakeAsync(until, cancellationToken);
        GateVerdict? late = TooLate(validUntil) ?? (taken ? null : new(ChangeState.Expired, "The lock was not free in time."));
        if (late is not null)
        {
            await GiveBackAsync();
        }

        return late;
    }

    private async Task<bool> TakeAsync(DateTimeOffset? until, CancellationToken cancellationToken)
    {
        _move(ChangeState.Queued, $"Acquires the lock {_needs[^1].Guard}.", _progress.Approval?.Decision);
        _audit.Add(AuditTypes.LockRequested, guard: _needs[^1].Guard);
        bool taken = await _locks.AcquireAsync(
            [new LockPlace(_resolved!.Target, _resolved.ClusterUid)],
            _needs,
            _request.Class == ChangeClass.Remediation ? LockPriority.Emergency : LockPriority.Normal,
            _progress.Plan!.Estimate.Do,
            waiting => _move(ChangeState.Queued, waiting, _progress.Approval?.Decision),
            until,
            cancellationToken);
        _progress.Locks = _locks.Grants;
        foreach (LockGrant grant in _locks.Grants)
        {
            _audit.Add(AuditTypes.LockGranted, $"{grant.Mode}", guard: grant.Guard, epoch: grant.Epoch);
        }

        return taken;
    }

    private GateVerdict? TooLate(DateTimeOffset? validUntil) =>
        Now > _request.Deadline ? new(ChangeState.Expired, $"It had to start by {_request.Deadline:u}; nothing was changed.")
        : Now >= validUntil
            ? new(ChangeState.Expired, $"The approval was valid until {validUntil:u}; nothing was changed.", ReasonCodes.ApprovalOutdated)
        : null;
}
