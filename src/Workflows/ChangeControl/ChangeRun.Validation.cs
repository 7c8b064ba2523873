using Orchestrator.Workflows.ChangeControl.Evidence;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>The checks after the steps.</content>
public sealed partial class ChangeRun
{
    private const string OnceMore = "Checks the result of the steps once more.";

    private async Task ValidateAsync(ProcedureParts parts)
    {
        await _steps.RecheckAsync();
        Move(ChangeState.Validating, "Checks the result of the steps.");
        await CheckAsync(parts);
        if (_soak <= TimeSpan.Zero)
        {
            return;
        }

        Say($"All checks pass; they run again after the soak of tier {_progress.Tier}, {_soak.TotalMinutes:0.#} min. Controls: abort.");
        await Workflow.DelayWithOptionsAsync(new(_soak, Phase, _steps.Token));
        if (await _steps.RecheckAsync())
        {
            Move(ChangeState.Validating, OnceMore);
        }

        await CheckAsync(parts);
    }

    private async Task CheckAsync(ProcedureParts parts)
    {
        while (true)
        {
            try
            {
                await parts.ValidateAsync();
                return;
            }
            catch (FailureException e) when (_steps.AsksOnFailure && !IsCancel(e) && !_steps.Token.IsCancellationRequested)
            {
                (string code, string sentence) = FailureText.Of(e);
                _audit.Add(AuditTypes.Validated, sentence, "failed", code);
                await _steps.AskAsync(code, $"The final checks failed: {sentence}");
                Move(ChangeState.Validating, OnceMore);
            }
        }
    }
}
