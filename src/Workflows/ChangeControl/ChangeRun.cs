using Orchestrator.Workflows.ChangeControl.Approvals;
using Orchestrator.Workflows.ChangeControl.Planning;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>
/// The frame that every procedure runs in; a procedure composes it and inherits nothing.
/// </summary>
/// <remarks>
/// 1. Input: all fields are checked, all faults reported.
/// 2. Resolve: the target and the policy that holds for it, recorded in history.
/// 3. Look: the procedure reads the world; whatever blocks refuses, and nothing was touched.
/// 4. Plan: the ordered changes, hashed.
/// 5. Approvals: a child workflow takes the votes on that hash; nobody votes on their own change.
/// 6. Look again: another plan voids the approval.
/// 7. Steps: each pushes its undo before it acts.
/// 8. Validate.
/// 9. Undo, on failure or cancel: newest first, only what this run changed.
/// </remarks>
public sealed class ChangeRun
{
    private readonly ChangeProgress _progress;
    private readonly ChangeTarget _target;
    private readonly ChangeRequest _request;
    private readonly Journal _journal = new();

    /// <summary>A run of a procedure. Made in the constructor of its workflow, so that <c>status</c> can be asked from the first moment.</summary>
    /// <param name="workflowType">Workflow type of the procedure.</param>
    /// <param name="contract">Major version of its planner.</param>
    /// <param name="tier">Its own tier.</param>
    /// <param name="target">The target, as the caller named it.</param>
    /// <param name="request">The request, as the caller made it.</param>
    public ChangeRun(string workflowType, int contract, ChangeTier tier, ChangeTarget target, ChangeRequest request)
    {
        // JSON may say null for either; the rules of the input then say what is missing.
        _target = target?.Context is null ? new ChangeTarget("", target?.Namespace) : target;
        _request = request ?? new ChangeRequest();
        ChangeTier raised = _request.TierAtLeast is { } least && least > tier ? least : tier;
        _progress = new ChangeProgress(workflowType, contract, raised, _target, _request);
        Workflow.Queries[ChangeNames.StatusQuery] = WorkflowQueryDefinition.CreateWithoutAttribute(ChangeNames.StatusQuery, Status, "Where the change stands.");
    }

    /// <summary>The change.</summary>
    public string ChangeId => _progress.ChangeId;

    /// <summary>The target, with its namespace, once it is resolved.</summary>
    public ChangeTarget Target { get; private set; } = new("");

    /// <summary>What a failure leads to.</summary>
    public OnFailure OnFailure => _request.OnFailure ?? (_progress.Tier == ChangeTier.T3 ? OnFailure.Leave : OnFailure.Undo);

    /// <summary>Where it stands.</summary>
    public ChangeStatus Status() => _progress.Status(_journal.Entries);

    /// <summary>Runs a procedure through the frame.</summary>
    /// <param name="parts">What the procedure brings.</param>
    /// <param name="inputs">The procedure's own inputs, as far as they decide what is done.</param>
    /// <returns>How it ended. Expected ends, refusals and failures among them, are results and not exceptions.</returns>
    public async Task<ChangeOutcome> ExecuteAsync<T>(ProcedureParts parts, T inputs)
    {
        _progress.Submit();
        try
        {
            // 1. Input.
            if (RefuseInput(parts) is { } refused)
            {
                return refused;
            }

            // 2. Resolve.
            ResolvedTarget resolved = await Workflow.ExecuteActivityAsync((ITargetActivities a) => a.ResolveTargetAsync(new(_target)), ActivityCalls.Read);
            Target = resolved.Target;
            List<Refusal> refusals = [.. resolved.Refusals, .. PolicyRules.Check(resolved.Policy, _request, _progress.Tier, _progress.RequestedBy)];
            if (refusals.Exists(refusal => refusal.Blocks))
            {
                return End(ChangeState.Refused, "The target or the policy says no; nothing was touched.", refusals);
            }

            return await PlanAndRunAsync(parts, resolved, inputs);
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException && !_progress.Began)
        {
            return IsCancel(e)
                ? End(ChangeState.Withdrawn, "Taken back before it touched anything.")
                : Fail(ChangeState.Refused, _progress.State == ChangeState.AwaitingApproval ? "approval" : "look", e, "Nothing was touched.");
        }
    }

    /// <summary>Takes one step: the undo goes into the journal before the act.</summary>
    /// <param name="name">Its name: the same in plan, status, log and documentation.</param>
    /// <param name="act">The act; returns what it brought about, in one sentence.</param>
    /// <param name="undo">How it is undone; null where there is nothing to undo.</param>
    public async Task StepAsync(string name, Func<Task<string>> act, Undo? undo = null)
    {
        int? entry = undo is null ? null : _journal.Push(name, undo);
        _progress.StepStarted(name);
        Show();
        try
        {
            string detail = await act();
            _progress.StepEnded(name, StepState.Done, detail);
            if (entry is { } index)
            {
                _journal.Done(index);
            }
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            _progress.StepEnded(name, StepState.Failed, FailureText.Of(e).Sentence);
            throw;
        }
        finally
        {
            Show();
        }
    }

    /// <summary>Names a workflow that does part of the work, so that people find its status.</summary>
    public void AddChild(string workflowId, string workflowType) => _progress.AddChild(new ChildRun(workflowId, workflowType));

    /// <summary>Says what the run is doing or waiting for.</summary>
    public void Say(string sentence)
    {
        _progress.Sentence = sentence;
        Show();
    }

    private static bool IsCancel(Exception e) => TemporalException.IsCanceledException(e);

    private ChangeOutcome? RefuseInput(ProcedureParts parts)
    {
        List<string> faults = [.. RequestRules.Check(_target, _request), .. parts.CheckInput()];
        return faults.Count == 0
            ? null
            : End(ChangeState.Refused, "The input breaks its rules.", [.. faults.Select(fault => Refusal.Block(ReasonCodes.InputInvalid, fault))]);
    }

    private async Task<ChangeOutcome> PlanAndRunAsync<T>(ProcedureParts parts, ResolvedTarget resolved, T inputs)
    {
        string digest = PlanHash.InputsDigest(inputs, resolved.Target, _request.Class, OnFailure);
        // 3. Look.
        PlanDraft draft = await parts.LookAsync(resolved);
        for (int vote = 1; ; vote++)
        {
            // 4. Plan.
            if (EndOfLook(draft, resolved, digest) is { } ended)
            {
                return ended;
            }

            // 5. Approvals. Where nobody is asked, nothing was waited for and the world was read just now.
            if (resolved.Policy.Of(_progress.Tier).Approvals.Count == 0)
            {
                return await RunAsync(parts);
            }

            Plan approved = _progress.Plan!;
            if (await ApproveAsync(resolved.Policy, vote) is { } denied)
            {
                return denied;
            }

            // 6. Look again.
            Move(ChangeState.Replanning, "Reads the world again and compares it with the approved plan.");
            draft = await parts.LookAsync(resolved);
            if (draft.Blocks)
            {
                return End(ChangeState.Refused, "What was approved cannot be done any more; nothing was touched.", draft.Refusals);
            }

            IReadOnlyList<string> differences = PlanComparison.Differences(approved, _progress.MakePlan(draft, resolved, digest));
            if (differences.Count == 0)
            {
                return await RunAsync(parts);
            }

            _progress.Refusals = [.. differences.Select(difference => new Refusal(ReasonCodes.PlanChanged, RefusalSeverity.Warn, difference))];
        }
    }

    private ChangeOutcome? EndOfLook(PlanDraft draft, ResolvedTarget resolved, string digest)
    {
        if (draft.Blocks)
        {
            return End(ChangeState.Refused, "A precheck says no; nothing was touched.", draft.Refusals);
        }

        _progress.SetPlan(_progress.MakePlan(draft, resolved, digest));
        if (draft.Items.Count == 0)
        {
            return End(ChangeState.Succeeded, "Everything already is as wanted.", nothingToDo: true);
        }

        if (_request.ExpectedPlanHash is { } expected && expected != _progress.PlanHash)
        {
            return End(
                ChangeState.Refused,
                "The plan is not the expected one; nothing was touched.",
                [Refusal.Block(ReasonCodes.PlanChanged, $"The plan has the hash {_progress.PlanHash}, expected was {expected}.")]);
        }

        return _request.Mode == ChangeMode.Execute ? null : End(ChangeState.Planned, "This is the plan; nothing was touched.");
    }

    private async Task<ChangeOutcome?> ApproveAsync(ChangePolicy policy, int vote)
    {
        TierPolicy tier = policy.Of(_progress.Tier);
        string id = $"{Workflow.Info.WorkflowId}/approval/{vote}";
        ApproveChangeInput input = _progress.AskFor(tier, policy);
        ChildWorkflowHandle<ApproveChangeWorkflow, ApprovalStatus> child = await Workflow.StartChildWorkflowAsync(
            (ApproveChangeWorkflow w) => w.RunAsync(input),
            new() { Id = id, StaticSummary = $"{_progress.Procedure} on {_target} for {_progress.RequestedBy}" });
        _progress.ApprovalWorkflowId = id;
        _progress.Approval = null;
        Move(
            ChangeState.AwaitingApproval,
            $"Waits for {ApprovalRequirement.Text(tier.Approvals)} to approve plan {_progress.PlanHash![..12]}.",
            ApprovalDecision.Waiting);
        ApprovalStatus outcome = await child.GetResultAsync();
        _progress.Approval = outcome;
        return outcome.Decision switch
        {
            ApprovalDecision.Granted => null,
            ApprovalDecision.Denied => End(ChangeState.Rejected, outcome.Sentence),
            _ => End(ChangeState.Expired, outcome.Sentence),
        };
    }

    private async Task<ChangeOutcome> RunAsync(ProcedureParts parts)
    {
        try
        {
            // 7. Steps.
            _progress.Began = true;
            Move(ChangeState.Running, "Takes its steps.");
            await parts.StepsAsync();

            // 8. Validate.
            Move(ChangeState.Validating, "Checks what the steps brought about.");
            await parts.ValidateAsync();
            return End(ChangeState.Succeeded, "Done and checked.");
        }
        catch (Exception e) when (e is FailureException or OperationCanceledException)
        {
            return await UndoAsync(e);
        }
    }

    private async Task<ChangeOutcome> UndoAsync(Exception failure)
    {
        string step = _progress.FailedStep ?? "validate";

        // 9. Undo. A cancel always undoes: whoever cancels wants the change gone.
        if (_journal.Entries.Count == 0 || (OnFailure != OnFailure.Undo && !IsCancel(failure)))
        {
            return Fail(
                ChangeState.LeftAsIs,
                step,
                failure,
                _progress.DoneSteps is { Count: > 0 } done ? $"What {string.Join(", ", done)} did stays as it is." : "No step was done.");
        }

        Move(ChangeState.Undoing, IsCancel(failure) ? "Cancelled; puts back what was changed." : $"Step {step} failed; puts back what was changed.");
        return await _journal.UndoAllAsync()
            ? Fail(ChangeState.Undone, step, failure, "Everything that was changed is put back.")
            : Fail(ChangeState.UndoIncomplete, step, failure, "Not everything could be put back; the journal names it.");
    }

    private ChangeOutcome Fail(ChangeState state, string step, Exception failure, string consequence)
    {
        (string code, string sentence) = FailureText.Of(failure);
        _progress.Failure = new ChangeFailure(step, code, sentence);
        return End(state, $"{sentence} {consequence}");
    }

    private ChangeOutcome End(ChangeState state, string sentence, IReadOnlyList<Refusal>? refusals = null, bool nothingToDo = false)
    {
        _progress.Refusals = refusals ?? _progress.Refusals;
        Move(state, sentence);
        return new ChangeOutcome(Status(), nothingToDo);
    }

    private void Move(ChangeState state, string sentence, ApprovalDecision? approval = null)
    {
        _progress.Move(state, sentence, approval ?? _progress.Approval?.Decision);
        Show();
    }

    private void Show() => Workflow.CurrentDetails = ChangeDetails.Markdown(Status());
}
