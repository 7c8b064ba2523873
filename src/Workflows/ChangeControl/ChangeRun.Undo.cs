using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>How what was changed is put back.</content>
public sealed partial class ChangeRun
{
    // 11. Undo. An abort and a cancel always undo: whoever asks for them wants the change gone.
    private async Task UndoAsync(Exception failure)
    {
        Exception cause = _controls.Abort is { } abort && IsCancel(failure)
            ? new ApplicationFailureException($"Aborted by {Actor.Subject(abort.Actor)}.", errorType: FailureCodes.Aborted,
                nonRetryable: true)
            : failure;
        (string code, string sentence) = FailureText.Of(cause);
        string step = _progress.FailedStep ?? (_progress.State == ChangeState.Validating ? "validate" : "steps");
        if (code == ReasonCodes.Fenced)
        {
            Fail(ChangeState.Fenced, step, cause, "Nothing more was changed.");
            return;
        }

        bool isAccepted = code == FailureCodes.AcceptedAsIs;
        bool keeps = isAccepted || (OnFailure == OnFailure.Leave && code is not (FailureCodes.Aborted or FailureCodes.Cancelled));
        _progress.IsUndoing = true;
        if (!isAccepted)
        {
            Move(ChangeState.Undoing, $"{sentence} {(keeps ? "Brings what was started to a safe end." : "Undoes what was changed.")}");
            if (await _steps.Journal.UndoAllAsync(Undone, onlyWhatIsUnderWay: keeps) is { } fenced)
            {
                Fail(ChangeState.Fenced, step, fenced, "Nothing more was changed.");
                return;
            }
        }

        (ChangeState state, string consequence) = RunEnd.Of(keeps, _steps.Journal.Entries, _progress.DoneSteps);
        Fail(state, step, cause, consequence);
    }

    private void Undone(JournalEntry entry)
    {
        (string type, string outcome) = entry.State switch
        {
            JournalState.Undone => (AuditTypes.UndoDone, "ok"),
            JournalState.UndoSkipped => (AuditTypes.UndoSkipped, "skipped"),
            _ => (AuditTypes.UndoFailed, "failed"),
        };
        _audit.Add(type, $"{entry.Undo}{(entry.Detail is null ? "" : $": {entry.Detail}")}", outcome, step: entry.Step);
        Show();
    }
}
