using Orchestrator.Workflows.ChangeControl.Alerts;
using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.Planning;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The frame that every procedure runs in; a procedure composes it and inherits nothing.
/// </summary>
/// <remarks>
/// 1. Input: all fields are checked, all faults reported.
/// 2. Resolve: the target and the policy that holds for it, recorded in history.
/// 3. Look: the procedure reads the clusters; anything that blocks refuses the change, and nothing was changed.
/// 4. Plan: the ordered changes, hashed.
/// 5. Approvals: a child workflow takes the votes on that hash; nobody votes on their own change.
/// 6. Start: not before its time, and not after it.
/// 7. Lock: one change at a time on the same object, with a token that whatever came later overrides.
/// 8. Look again: another plan voids the approval.
/// 9. Steps: before each the controls are honoured; each pushes its undo before it acts.
/// 10. Validate; where the tier has a soak, once more after it.
/// 11. Undo, on failure, abort or cancel: newest first, only what this run changed.
/// 12. Close, always: the lock is released, the evidence is written.
/// </remarks>
public sealed partial class ChangeRun
{
    private readonly RunInput _input;
    private readonly ChangeProgress _progress;
    private readonly ChangeTarget _target;
    private readonly ChangeRequest _request;
    private readonly RunControls _controls;
    private readonly RunLocks _locks;
    private readonly RunSteps _steps;
    private readonly RunGate _gate;
    private readonly RunEvidence _evidence;
    private readonly AuditTrail _audit;
    private readonly RunAlerts _alerts;
    private readonly RunCalls _calls;
    private readonly RunNotices _notices;
    private readonly List<string> _told = [];
    private TimeSpan _soak;
    private bool _hasRun;
    private Func<Task<PlanDraft>>? _lookAgain;

    // Made in the constructor of its workflow, so that its status can be asked from the first moment.
    private ChangeRun(RunInput input, int contract)
    {
        _input = input;
        _target = input.Target;
        _request = input.Request;
        ChangeTier tier = input.Tier;
        ChangeTier raised = _request.TierAtLeast is { } least && least > tier ? least : tier;
        string workflowType = input.Procedure.WorkflowType;
        _progress = new ChangeProgress(workflowType, contract, raised, _target, _request);
        _audit = new AuditTrail(_progress);
        _notices = new RunNotices(ChangeId, _progress.Target);
        _evidence = new RunEvidence(_progress, _audit);
        _locks = new RunLocks(new LockHolder(Workflow.Info.WorkflowId, Workflow.Info.RunId, ChangeId, workflowType, _progress.RequestedBy),
            _audit);
        _controls = new RunControls(Place, _progress.RequestedBy, Controlled, Show);
        _steps = new RunSteps(_progress, _controls, _locks, _audit, Move, Show);
        _calls = new RunCalls(_progress, _audit, Move);
        _locks.Calls = _calls;
        _alerts = new RunAlerts(call => ReadAsync(call));
        _gate = new RunGate(_progress, _request, _controls, _locks, _evidence, _audit, Move);
        Workflow.Queries[ChangeNames.StatusQuery] =
            WorkflowQueryDefinition.CreateWithoutAttribute(ChangeNames.StatusQuery, Status, "The current state of the change.");
    }

    /// <summary>Opens the run of a procedure, with whatever somebody sent as its input.</summary>
    /// <param name="procedure">The workflow; its attribute names the procedure.</param>
    /// <param name="contract">Major version of its planner.</param>
    /// <param name="raw">A <typeparamref name="TInput"/>; what cannot be read of it refuses the run.</param>
    /// <param name="input">What was read of it, with defaults for the rest.</param>
    public static ChangeRun Open<TInput>(object procedure, int contract, IRawValue? raw, out TInput input)
        where TInput : class, IProcedureInput => new(RunInput.Read(procedure, raw, out input), contract);

    /// <summary>The change.</summary>
    public string ChangeId => _progress.ChangeId;

    /// <summary>The target, with its namespace, once it is resolved.</summary>
    public ChangeTarget Target { get; private set; } = new("");

    /// <summary>What it is at, as the calls in its history are to show it: the step, or the phase of the frame.</summary>
    public string Phase => _progress.State switch
    {
        ChangeState.Looking => "look",
        ChangeState.Replanning => "look again",
        ChangeState.Validating => "validate",
        ChangeState.Undoing => "undo",
        _ => _progress.CurrentStep ?? "steps",
    };

    /// <summary>What a failure leads to.</summary>
    public OnFailure OnFailure => _request.OnFailure ?? (_progress.Tier == ChangeTier.T3 ? OnFailure.Ask : OnFailure.Undo);

    /// <summary>The fencing tokens that every mutating activity carries.</summary>
    public IReadOnlyList<Fence> Fences => _locks.Fences;

    /// <summary>Whether the run has its locks: what it looks at now, it looks at right before it acts.</summary>
    public bool IsLocked => _locks.Grants.Count > 0;

    /// <summary>Ends what a step waits for when the run is aborted or cancelled; for its reads and timers.</summary>
    public CancellationToken Token => _steps.Token;

    /// <summary>
    /// Whether a step that takes long must stop at its next safe point: somebody asked for a pause or an abort, or broke the lock.
    /// </summary>
    public bool MustStop => _steps.MustStop;

    /// <summary>Whether somebody broke its lock: it must touch nothing more.</summary>
    public bool IsLockBroken => _locks.Revocation is not null;

    /// <summary>Ends the run where its lock was broken, also in its undo.</summary>
    /// <exception cref="ApplicationFailureException">It was.</exception>
    public void RequireLock() => _steps.RequireLock();

    /// <summary>The alerts that are looked out for; null where the cluster has no source of them.</summary>
    public AlertWatch? Alerts => _alerts.Watch;

    /// <summary>Where it stands.</summary>
    public ChangeStatus Status() => _progress.Status(_steps.Journal.Entries);

    /// <summary>Runs a procedure through the frame.</summary>
    /// <param name="parts">What the procedure brings.</param>
    /// <returns>How it ended. Expected ends, refusals and failures among them, are results and not exceptions.</returns>
    public async Task<ChangeOutcome> ExecuteAsync(ProcedureParts parts)
    {
        _progress.Submit();
        _audit.Add(AuditTypes.Submitted, _request.Reason, actor: _progress.RequestedBy);
        _evidence.Attach("input.json", new { _progress.Procedure, Target = _target, Change = _request, Inputs = _input.Own });
        bool nothingToDo = await DecideAsync(parts);

        // 12. Close.
        await CloseAsync();
        return new ChangeOutcome(Status(), nothingToDo);
    }

    /// <summary>Takes one step: the controls are honoured first, and the undo goes into the journal before the act.</summary>
    /// <param name="name">Its name: the same in plan, status, log and documentation.</param>
    /// <param name="act">The act; returns what it brought about, in one sentence.</param>
    /// <param name="undo">How it is undone; null where there is nothing to undo.</param>
    /// <param name="kind">What it means for the way back.</param>
    /// <param name="skip">
    /// Whether a person may skip it once it failed: its check afterwards, which returns null or why it must not be skipped. Null: it
    /// cannot be.
    /// </param>
    public Task StepAsync(string name, Func<Task<string>> act, Undo? undo = null, StepKind kind = StepKind.Normal,
        Func<Task<string?>>? skip = null) =>
        _steps.TakeAsync(name, act, undo, kind, skip);

    /// <summary>
    /// Waits in a step. A pause, an abort or a broken lock is honoured at once; the time of a pause counts. A person may cut it short.
    /// </summary>
    /// <param name="time">How long.</param>
    /// <returns>What came of it, in one sentence.</returns>
    /// <exception cref="ApplicationFailureException">The run is to end.</exception>
    public Task<string> WaitAsync(TimeSpan time) => _steps.WaitAsync(time, Phase);

    /// <summary>Honours a pause or an abort in the middle of a step, where the step says that it is safe.</summary>
    /// <exception cref="ApplicationFailureException">The run is to end.</exception>
    public Task CheckpointAsync() => _steps.CheckpointAsync();

    /// <summary>
    /// Waits between two steps for longer than others should wait for this run: its locks are released, and acquired again after it; then
    /// the clusters are read again.
    /// </summary>
    /// <param name="time">How long.</param>
    /// <param name="why">What it waits for, in one sentence.</param>
    /// <exception cref="ApplicationFailureException">The run is to end; or what is left of its plan cannot be done any more.</exception>
    public Task ParkAsync(TimeSpan time, string why) => ParkThenGoOnAsync(time, why);

    /// <summary>Brings a standstill before a person, and waits until they decide to go on.</summary>
    /// <param name="code">Why, as one of <see cref="ReasonCodes"/>.</param>
    /// <param name="sentence">What stands still and why, with names and numbers.</param>
    /// <exception cref="ApplicationFailureException">They decided to end the run.</exception>
    public Task AskAsync(string code, string sentence) => _steps.AskAsync(code, sentence);

    /// <summary>Takes note of the alerts that a person has seen, and looks again.</summary>
    /// <inheritdoc cref="RunAlerts.SeeAsync"/>
    public Task<(string Code, string Sentence)?> SeeAlertsAsync(AlertWatch? seen) => _alerts.SeeAsync(seen);

    /// <summary>
    /// Writes down how what the step under way is about to do is undone: right before its act, where it waits before that. Written twice it
    /// stands there once.
    /// </summary>
    public void Push(Undo undo) => _steps.Push(undo);

    /// <summary>
    /// Takes note of what is known of an act by now, so that its entry in the journal is not undone at the end of the run.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="detail">What is known, in one sentence.</param>
    /// <param name="state">
    /// <see cref="JournalState.Undone"/>: it was put back. <see cref="JournalState.NotDone"/>: it did not happen.
    /// <see cref="JournalState.Sealed"/>: what it set going has come to its end, and stays.
    /// </param>
    public void Settle(string step, string detail, JournalState state = JournalState.Undone) => _steps.Settle(step, detail, state);

    /// <summary>Tells people of something that nobody had planned; it stays with the run to its end.</summary>
    /// <param name="code">One of <see cref="ReasonCodes"/>.</param>
    /// <param name="sentence">What, with names and numbers.</param>
    public void Tell(string code, string sentence)
    {
        _audit.Add(AuditTypes.Seen, sentence, "failed", code);
        _progress.Refusals = [.. _progress.Refusals, Refusal.Warn(code, sentence)];
        _told.Add(sentence);
        Say(sentence);
    }

    /// <summary>Keeps a record as a file of the evidence, such as <c>before/cluster.json</c>.</summary>
    public void Attach<T>(string path, T record) => _evidence.Attach(path, record);

    /// <summary>Names a workflow that does part of the work, so that people find its status.</summary>
    public void AddChild(string workflowId, string workflowType) => _progress.AddChild(new ChildRun(workflowId, workflowType));

    /// <summary>Says what the run is doing or waiting for.</summary>
    public void Say(string sentence)
    {
        _progress.Sentence = sentence;
        Show();
    }

    private static bool IsCancel(Exception e) => TemporalException.IsCanceledException(e);

    private async Task CloseAsync()
    {
        await _gate.GiveBackAsync();
        if (_request.Mode == ChangeMode.Execute)
        {
            await _evidence.WriteAsync(Status());
            Show();
        }

        await _notices.BegunAsync();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished, CancellationToken.None);
    }

    private void Controlled(string control, ControlRequest request)
    {
        _audit.Add(AuditTypes.Control, $"{control}{(request.Reason is null ? "" : $": {request.Reason}")}", actor: request.Actor);
        if (control is ControlNames.Abort or ControlNames.Withdraw)
        {
            _steps.Stop();
            _gate.Stop();
        }
        else if (control == ControlNames.Revoke)
        {
            _audit.Add(AuditTypes.VoteRevoked, request.Reason, actor: request.Actor);
            _gate.Revoke();
        }
    }

    private ControlPlace Place() => new(
        _progress.State,
        _progress.CurrentStep,
        _steps.CanSkip,
        [.. (_progress.Approval?.Votes ?? []).Where(vote => vote.Decision == VoteDecision.Approve).Select(vote => vote.Voter)])
    {
        Began = _progress.Began,
        WillPause = _controls.Pause is not null && _progress.State != ChangeState.Paused,
        AwaitsVotes = _gate.AwaitsVotesOnAStep,
        Ends = _controls.Abort is not null || _controls.Withdraw is not null,
        Takes = !_calls.IsOut ? null : _progress.IsUndoing ? [] : [ControlNames.Abort],
    };

    private void Fail(ChangeState state, string step, Exception failure, string consequence)
    {
        (string code, string sentence) = FailureText.Of(failure);
        _progress.Failure = code == FailureCodes.AcceptedAsIs && _progress.Failure is { } first
            ? first
            : new ChangeFailure(step, code, sentence);
        End(state, $"{sentence} {consequence}");
    }

    private void End(ChangeState state, string sentence, IReadOnlyList<Refusal>? refusals = null)
    {
        _progress.Refusals = refusals ?? _progress.Refusals;
        Move(state, sentence);
    }

    private void Move(ChangeState state, string sentence, ApprovalDecision? approval = null)
    {
        _progress.Move(state, sentence, approval);
        _audit.Add(AuditTypes.Moved, $"{state}: {sentence}");
        Notify(state, sentence);
        Show();
    }

    private void Notify(ChangeState state, string sentence)
    {
        bool isFirst = state == ChangeState.Running && !_hasRun;
        _hasRun |= isFirst;
        if (ChangeNotices.Of(state, _progress.Tier, isFirst, _notices.IsTroubled) is var (type, severity))
        {
            bool isTrouble = ChangeNotices.IsTrouble(state);
            _notices.Tell(
                type, severity, $"{_progress.Procedure} on {_progress.Target}: {state}",
                $"{sentence} Look at it with: sop status {ChangeId}", isTrouble || _notices.IsTroubled ? isTrouble : null);
        }
    }

    private void Show() => Workflow.CurrentDetails = ChangeDetails.Markdown(Status(), _controls.RefusedSignal);
}
