using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <content>The phases, one after the other.</content>
public sealed partial class ChangeRun
{
    // Whether there was nothing to do.
    private async Task<bool> DecideAsync(ProcedureParts parts)
    {
        try
        {
            // 1. Input.
            IReadOnlyList<string> faults = _input.Faults(RequestRules.Check);
            if (faults.Count > 0)
            {
                End(ChangeState.Refused, "The input is not valid.",
                    [.. faults.Select(fault => Refusal.Block(ReasonCodes.InputInvalid, fault))]);
                return false;
            }

            // 2. Resolve.
            List<AccessRight> rights = [.. parts.Rights, .. LockSet.Rights];
            ResolvedTarget resolved = await Workflow.ExecuteActivityAsync(
                (ITargetActivities a) => a.ResolveTargetAsync(new(_target, rights)), ActivityCalls.Read.For("resolve"));
            Target = resolved.Target;
            _controls.Policy = resolved.Policy;
            _notices.IsOn = resolved.Policy.Notifies && _request.Mode == ChangeMode.Execute;
            _evidence.Policy(resolved);
            List<Refusal> refusals =
                [.. resolved.Refusals, .. PolicyRules.Check(resolved.Policy, _request, _progress.Tier, _progress.RequestedBy)];
            if (refusals.Exists(refusal => refusal.Blocks))
            {
                End(ChangeState.Refused, "Refused by the target or the policy; nothing was changed.", refusals);
                return false;
            }

            return await PlanAndRunAsync(parts, resolved);
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException && !_progress.Began)
        {
            if (IsCancel(e))
            {
                End(ChangeState.Withdrawn,
                    $"Withdrawn{(_controls.Withdraw is { } by ? $" by {Actor.Subject(by.Actor)}" : "")} before it changed anything.");
            }
            else
            {
                Fail(ChangeState.Refused, _gate.Phase, e, "Nothing was changed.");
            }

            return false;
        }
    }

    private async Task<bool> PlanAndRunAsync(ProcedureParts parts, ResolvedTarget resolved)
    {
        string digest = PlanHash.InputsDigest(_input.Own, resolved.Target, _request.Class, OnFailure);
        _gate.Open(resolved);
        _lookAgain = () => LookAsync(parts, resolved);
        _calls.StallAfter = parts.StallAfter;
        Configure(resolved);
        // 3. Look.
        PlanDraft draft = await LookAsync(parts, resolved);
        for (int round = 1; ; round++)
        {
            // 4. Plan.
            if (EndOfLook(draft, resolved, digest) is { } nothingToDo)
            {
                return nothingToDo;
            }

            // 5. Approvals. 6. Start. 7. Lock.
            Plan approved = _progress.Plan!;
            if (await _gate.PassAsync(
                LockSet.Of(new(resolved.Target, resolved.ClusterUid), parts.LockOn, draft.KafkaClusterId, _progress.Tier)) is { } verdict)
            {
                if (verdict.AsksAgain == ReasonCodes.ApprovalRevoked || (verdict.AsksAgain is not null && round == 1))
                {
                    AskAgain(verdict);
                    draft = await LookAsync(parts, resolved);
                    continue;
                }

                End(verdict.End, verdict.Sentence);
                return false;
            }

            // 8. Look again.
            Move(ChangeState.Replanning, "Reads the clusters again and compares them with the plan.");
            draft = await LookAsync(parts, resolved);
            if (_gate.TakeRevoked() is { } revoked)
            {
                await _gate.GiveBackAsync();
                AskAgain(revoked);
                continue;
            }

            if (draft.Blocks)
            {
                _evidence.Precheck(draft.Refusals, "under the lock");
                End(ChangeState.Refused, "The plan can no longer be carried out; nothing was changed.", draft.Refusals);
                return false;
            }

            Plan now = _progress.MakePlan(draft, resolved, digest);
            PlanMatch match = PlanComparison.Compare(approved, now);
            IReadOnlyList<string> differences = PlanComparison.Differences(approved, now);
            _evidence.Replanned(match, differences);
            if (match == PlanMatch.Same || (match == PlanMatch.Narrower && _progress.Tier != ChangeTier.T3) || !_gate.IsVotedOn)
            {
                if (match != PlanMatch.Same)
                {
                    _progress.SetPlan(now);
                    _evidence.PlannedAnew(now, _progress.PlanHash!);
                    if (IsUnexpected())
                    {
                        return false;
                    }
                }

                await RunAsync(parts);
                return false;
            }

            await _gate.GiveBackAsync();
            _progress.Refusals =
                [.. differences.Select(difference => new Refusal(ReasonCodes.PlanChanged, RefusalSeverity.Warn, difference))];
        }
    }

    private void AskAgain(GateVerdict verdict) =>
        _progress.Refusals = [new Refusal(verdict.AsksAgain!, RefusalSeverity.Warn, verdict.Sentence)];

    private async Task<PlanDraft> LookAsync(ProcedureParts parts, ResolvedTarget resolved)
    {
        PlanDraft draft = await parts.LookAsync(resolved);
        return draft with
        {
            Refusals = [.. resolved.Refusals.Where(refusal => !refusal.Blocks), .. draft.Refusals,
                .. PolicyRules.CheckUndo(resolved.Policy, _progress.Tier, draft.Estimate)],
        };
    }

    private void Configure(ResolvedTarget resolved)
    {
        TierPolicy? tier = resolved.Policy.Tiers.FirstOrDefault(row => row.Tier == _progress.Tier);
        _soak = tier?.SoakFor ?? TimeSpan.Zero;
        _steps.AsksOnFailure = OnFailure == OnFailure.Ask;
        _steps.Pauses = new PauseRule(_progress.Tier, tier?.PauseLimit, resolved.Policy.Voters);
        _steps.TellOverdue = sentence => _notices.Tell(
            ChangeNotices.Overdue, NotificationSeverity.Page, $"{_progress.Procedure} on {_progress.Target} stands still", sentence, true);
        _steps.ApproveAgainAsync = _gate.ApproveStepAsync;
        _steps.CanReadAsync = CanReadAsync;
        _steps.AgainstAsync = resolved.HasAlerts ? _alerts.AgainstAsync : null;
    }

    // Null where the change is to go on; else whether there was nothing to do.
    private bool? EndOfLook(PlanDraft draft, ResolvedTarget resolved, string digest)
    {
        _evidence.Precheck(draft.Refusals, "before the plan");
        if (draft.Blocks)
        {
            End(ChangeState.Refused, "A precheck failed; nothing was changed.", draft.Refusals);
            return false;
        }

        _progress.SetPlan(_progress.MakePlan(draft, resolved, digest));
        _evidence.Planned(_progress.Plan!, _progress.PlanHash!);
        if (draft.Items.Count == 0)
        {
            End(ChangeState.Succeeded, "Nothing to do: everything is already as requested.");
            return true;
        }

        if (IsUnexpected())
        {
            return false;
        }

        if (_request.Mode == ChangeMode.Execute)
        {
            return null;
        }

        End(ChangeState.Planned, "This is the plan; nothing was changed.");
        return false;
    }

    // Whoever names a plan means that one, also where nobody has to vote on it.
    private bool IsUnexpected()
    {
        if (_request.ExpectedPlanHash is not { } expected || expected == _progress.PlanHash)
        {
            return false;
        }

        End(
            ChangeState.Refused,
            "The plan is not the expected one; nothing was changed.",
            [Refusal.Block(ReasonCodes.PlanChanged, $"The plan has the hash {_progress.PlanHash}; {expected} was expected.")]);
        return true;
    }

    // Between two steps: whatever was changed so far stays changed, and its undo stays in the journal.
    private async Task ParkThenGoOnAsync(TimeSpan time, string why)
    {
        await _gate.GiveBackAsync();
        DateTimeOffset until = new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero) + time;
        Move(ChangeState.Parked,
            $"{why} Waits until {until:u} without its locks: others may change the same objects meanwhile. Controls: abort.");
        try
        {
            await Workflow.DelayWithOptionsAsync(new(time, "parked", _steps.Token));
        }
        catch (Exception e) when (IsCancel(e))
        {
            // Honoured below, under the locks that the undo needs.
        }

        await _gate.TakeBackAsync();
        await _steps.CheckpointAsync();
        Move(ChangeState.Replanning, "Reads the clusters again after the wait.");
        PlanDraft draft = await _lookAgain!();
        _evidence.Precheck(draft.Refusals, "after the wait");
        if (draft.Refusals.FirstOrDefault(refusal => refusal.Blocks) is { } refusal)
        {
            throw new ApplicationFailureException($"The rest of the plan can no longer be carried out. {refusal.Sentence}",
                errorType: refusal.Code, nonRetryable: true);
        }

        Move(ChangeState.Running, "Continues with its steps.");
    }

    private async Task RunAsync(ProcedureParts parts)
    {
        try
        {
            // 9. Steps.
            _progress.Began = true;
            if (_steps.AgainstAsync is not null)
            {
                _alerts.Begin(Target, _progress.Plan!.BlastRadius);
            }

            Move(ChangeState.Running, "Carries out its steps.");
            await parts.StepsAsync();
            // What was asked of the run in its last step.
            await _steps.CheckpointAsync();

            // 10. Validate.
            await ValidateAsync(parts);
            await _steps.CheckpointAsync();
            _audit.Add(AuditTypes.Validated, "All checks pass.");
            End(ChangeState.Succeeded, _told.Count == 0 ? "Done and checked." : $"Done and checked. {string.Join(" ", _told)}");
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            await UndoAsync(e);
        }
    }
}
