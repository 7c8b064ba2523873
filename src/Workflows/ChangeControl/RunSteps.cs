using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// Takes the steps of a run: before each, the controls are honoured; its undo is written down before it acts; where it fails and the run
/// is to ask, a person decides.
/// </summary>
internal sealed partial class RunSteps
{
    private readonly ChangeProgress _progress;
    private readonly RunControls _controls;
    private readonly RunLocks _locks;
    private readonly AuditTrail _audit;
    private readonly Action<ChangeState, string, ApprovalDecision?> _move;
    private readonly Action _show;
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
    private bool _waits;
    private Func<Task<string?>>? _skip;

    public RunSteps(
        ChangeProgress progress,
        RunControls controls,
        RunLocks locks,
        AuditTrail audit,
        Action<ChangeState, string, ApprovalDecision?> move,
        Action show)
    {
        _progress = progress;
        _controls = controls;
        _locks = locks;
        _audit = audit;
        _move = move;
        _show = show;
    }

    public Journal Journal { get; } = new();

    /// <summary>Ends what a step waits for when the run is aborted or cancelled.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Whether a step that takes long must stop at its next safe point.</summary>
    public bool MustStop => _controls.Pause is not null || _stop.IsCancellationRequested || _locks.Revocation is not null;

    /// <summary>Whether the failed step is brought before a person.</summary>
    public bool AsksOnFailure { get; set; }

    /// <summary>How long it waits for a person, and what then.</summary>
    public PauseRule Pauses { get; set; } = new(ChangeTier.T2, null, null);

    /// <summary>Tells people that nobody decides; null: nobody is told.</summary>
    public Action<string>? TellOverdue { get; set; }

    /// <summary>Asks for the second approval of a point of no return.</summary>
    public Func<string, Task>? ApproveAgainAsync { get; set; }

    /// <summary>Says what in the clusters speaks against continuing; null where nothing does.</summary>
    public Func<Task<string?>>? AgainstAsync { get; set; }

    /// <summary>Whether the clusters can be read now: the limits of a pause count only such time.</summary>
    public Func<Task<bool>>? CanReadAsync { get; set; }

    /// <summary>Ends what is waited for.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Whether the current step, or the rest of its wait, can be skipped.</summary>
    public bool CanSkip => (_waits && _progress.State == ChangeState.Running) || (_progress.State == ChangeState.Blocked && IsSkippable);

    private bool IsSkippable => _skip is not null && _progress.CurrentStep is not null;

    public async Task TakeAsync(string name, Func<Task<string>> act, Undo? undo, StepKind kind, Func<Task<string?>>? skip)
    {
        _skip = skip;
        for (int attempt = 1; ; attempt++)
        {
            if (kind != StepKind.Uninterrupted)
            {
                await CheckpointAsync();
                await RecheckAsync();
            }

            if (kind == StepKind.PointOfNoReturn)
            {
                await ApproveAgainAsync!(name);
                await CheckpointAsync();
            }

            Exception? failure = await TryAsync(name, act, undo, kind, attempt);
            if (failure is null)
            {
                return;
            }

            (string code, string sentence) = FailureText.Of(failure);
            bool canAsk = AsksOnFailure
                && kind != StepKind.Uninterrupted
                && code != ReasonCodes.Fenced
                && !Token.IsCancellationRequested
                && !TemporalException.IsCanceledException(failure);
            if (!canAsk)
            {
                throw failure;
            }

            await AskAsync(code, $"Step {name} failed: {sentence}");
            if (await SkipsAsync(name, code))
            {
                return;
            }
        }
    }

    /// <summary>Waits; what is asked of the run meanwhile is honoured at once, and a person may cut it short.</summary>
    public async Task<string> WaitAsync(TimeSpan time, string? summary)
    {
        DateTime until = Workflow.UtcNow + time;
        bool IsCut() => _controls.Skip is { } skip && skip.Step == _progress.CurrentStep;
        _waits = true;
        try
        {
            for (TimeSpan left = time; left > TimeSpan.Zero; left = until - Workflow.UtcNow)
            {
                // A timer that fired is believed, and the clock not asked: a query can make the SDK run past an event before the task that
                // brings it, while the clock still shows the time before. What the clock decided then, a replay would decide otherwise.
                if (!await Workflow.WaitConditionWithOptionsAsync(new(() => MustStop || IsCut(), left, summary, Token)))
                {
                    break;
                }

                await CheckpointAsync();
                if (IsCut())
                {
                    return $"{Actor.Subject(_controls.Skip!.Actor)} cut short the wait of {time.TotalSeconds:0} s: "
                        + $"{_controls.Skip.Reason}";
                }
            }

            return $"Waited {time.TotalSeconds:0} s.";
        }
        finally
        {
            _waits = false;
        }
    }

    /// <summary>Writes down how what the step under way is about to do is undone.</summary>
    public void Push(Undo undo)
    {
        Journal.Push(_progress.CurrentStep!, undo);
        _audit.Add(AuditTypes.UndoPushed, undo.Description, step: _progress.CurrentStep);
        _show();
    }

    /// <summary>Takes note of what is known of an act: it is put back, did not happen, or has come to its end.</summary>
    public void Settle(string step, string detail, JournalState state)
    {
        if (state == JournalState.Sealed)
        {
            Journal.Seal(step, detail);
        }
        else
        {
            Journal.Settle(step, detail, state);
        }

        _audit.Add(AuditTypes.UndoDone, $"{state}: {detail}", step: step);
        _show();
    }

    private static ApplicationFailureException Failure(string code, string sentence) => new(sentence, errorType: code, nonRetryable: true);

    // Whether the decision was to leave the step out; its check has the last word.
    private async Task<bool> SkipsAsync(string name, string code)
    {
        while (_controls.Decision is { Control: ControlNames.SkipStep, Request: { } request })
        {
            if (await _skip!() is { } no)
            {
                await AskAsync(code, $"Step {name} cannot be skipped: {no}");
                continue;
            }

            string detail = $"Skipped by {Actor.Subject(request.Actor)}: {request.Reason}";
            _progress.StepEnded(name, StepState.Skipped, detail);
            _audit.Add(AuditTypes.StepSkipped, detail, "skipped", step: name);
            _show();
            return true;
        }

        return false;
    }

    private async Task<Exception?> TryAsync(string name, Func<Task<string>> act, Undo? undo, StepKind kind, int attempt)
    {
        if (kind == StepKind.PointOfNoReturn)
        {
            // Before the act: an answer that is lost does not bring the way back.
            Journal.Seal();
        }

        // What may have been begun is never nothing, also where there is no way back from it.
        bool isDone = false;
        if (kind == StepKind.PointOfNoReturn || (kind == StepKind.Irreversible && undo is null))
        {
            undo = new Undo("cannot be undone", () => Task.FromResult<string?>(isDone
                ? $"The changes of {name} stay."
                : $"{name} may have happened: its answer is not known, and its changes stay."));
        }

        int? entry = undo is null ? null : Journal.Push(name, undo);
        if (undo is not null)
        {
            _audit.Add(AuditTypes.UndoPushed, undo.Description, step: name, attempt: attempt);
        }

        _progress.StepStarted(name);
        _audit.Add(AuditTypes.StepStarted, step: name, attempt: attempt);
        _show();
        try
        {
            string detail = await act();
            isDone = true;
            _progress.StepEnded(name, StepState.Done, detail);
            _audit.Add(AuditTypes.StepDone, detail, step: name, attempt: attempt);
            if (entry is { } index)
            {
                Journal.Done(index);
            }

            if (kind == StepKind.PointOfNoReturn)
            {
                Journal.Seal(name);
            }

            return null;
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            (string code, string sentence) = FailureText.Of(e);
            _progress.StepEnded(name, StepState.Failed, sentence);
            _audit.Add(AuditTypes.StepFailed, sentence, "failed", code, step: name, attempt: attempt);
            return e;
        }
        finally
        {
            _show();
        }
    }

    /// <summary>Ends the run where its lock was broken.</summary>
    public void RequireLock()
    {
        if (_locks.Revocation is { } revocation)
        {
            throw Failure(ReasonCodes.Fenced, revocation.Sentence);
        }
    }

    private void RequireGoingOn()
    {
        RequireLock();
        if (_controls.Abort is { } abort)
        {
            throw Failure(FailureCodes.Aborted,
                $"Aborted by {Actor.Subject(abort.Actor)}{(abort.Reason is null ? "." : $": {abort.Reason}.")}"
                + (_progress.Failure is { } before ? $" Before that: {before.Sentence}" : ""));
        }

        Token.ThrowIfCancellationRequested();
    }
}
