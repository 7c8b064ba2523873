using Orchestrator.Workflows.ChangeControl.Controls;
using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>What people decide and what the clusters show between the steps.</content>
internal sealed partial class RunSteps
{
    /// <summary>Honours what was asked of the run: the place for it is between steps, and wherever a step says that it is safe.</summary>
    /// <exception cref="ApplicationFailureException">The run is aborted, or its lock was broken.</exception>
    public async Task CheckpointAsync()
    {
        RequireGoingOn();
        if (_controls.Pause is { } pause)
        {
            await DecideAsync(
                ChangeState.Paused,
                $"Paused by {Actor.Subject(pause.Actor)}{(pause.Reason is null ? "" : $": {pause.Reason}")}. "
                    + $"Controls: {Choices(ChangeState.Paused)}.");
        }
    }

    /// <summary>Pauses the run where the state of the clusters speaks against continuing, until a person has decided.</summary>
    /// <returns>Whether it was paused.</returns>
    /// <exception cref="ApplicationFailureException">They decided to end the run.</exception>
    public async Task<bool> RecheckAsync()
    {
        bool wasPaused = false;
        while (AgainstAsync is not null && await AgainstAsync() is { } why)
        {
            wasPaused = true;
            _audit.Add(AuditTypes.Recheck, why, "failed");
            await DecideAsync(ChangeState.Paused, $"{why} Controls: {Choices(ChangeState.Paused)}.");
        }

        return wasPaused;
    }

    /// <summary>Brings a standstill before a person, and waits until they decide to go on.</summary>
    public Task AskAsync(string code, string sentence)
    {
        _progress.Failure = new ChangeFailure(
            _progress.CurrentStep ?? (_progress.State == ChangeState.Validating ? "validate" : "steps"), code, sentence);
        return DecideAsync(ChangeState.Blocked, $"{sentence} Controls: {Choices(ChangeState.Blocked)}.");
    }

    // Throws where the decision is to end the run, or where its lock was broken meanwhile.
    private async Task DecideAsync(ChangeState state, string sentence)
    {
        _controls.Ask();
        _move(state, sentence, null);
        await WaitForDecisionAsync(state, sentence);
        RequireGoingOn();
        (string control, ControlRequest request) = _controls.Decision!.Value;
        if (control == ControlNames.AcceptAsIs)
        {
            throw Failure(FailureCodes.AcceptedAsIs, $"{Actor.Subject(request.Actor)} accepts the result as it is: {request.Reason}");
        }

        _progress.Failure = null;
        _move(ChangeState.Running, $"Continues, as decided by {Actor.Subject(request.Actor)}.", null);
    }

    private async Task WaitForDecisionAsync(ChangeState state, string sentence)
    {
        bool Decided() => _controls.Decision is not null || _controls.Abort is not null || _locks.Revocation is not null;

        if (Pauses.Limit is { } limit && !await PauseClock.WaitAsync(Decided, limit, CanReadAsync))
        {
            if (Pauses.Ends)
            {
                throw Failure(
                    FailureCodes.Aborted,
                    $"It was {state} for longer than {limit.TotalMinutes:0.#} min, the limit of tier {_progress.Tier}. "
                        + $"{sentence}");
            }

            _progress.Sentence = $"{sentence} {Pauses.Overdue()}";
            _audit.Add(AuditTypes.Overdue, _progress.Sentence);
            TellOverdue?.Invoke(_progress.Sentence);
            _show();
        }

        await Workflow.WaitConditionAsync(Decided);
    }

    private string Choices(ChangeState state) => string.Join(
        ", ", ControlRules.At(new(state, _progress.CurrentStep, state == ChangeState.Blocked && IsSkippable, [])));
}
