using Orchestrator.Workflows.ChangeControl.Evidence;
using Orchestrator.Workflows.ChangeControl.Inputs;
using Orchestrator.Workflows.ChangeControl.Notifications;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>
/// Takes votes on one plan until it is granted, denied or expired. A vote that is refused is told why and leaves no trace in the history;
/// there is no setting that turns silence into consent.
/// </summary>
[Workflow(ChangeNames.ApproveChange)]
public sealed class ApproveChangeWorkflow
{
    private readonly ReadInput<ApproveChangeInput> _read;
    private readonly Ballot? _ballot;
    private Refusal? _refusedSignal;

    /// <summary>Opens the vote before the first vote can arrive.</summary>
    /// <param name="input">An <see cref="ApproveChangeInput"/>.</param>
    [WorkflowInit]
    public ApproveChangeWorkflow(IRawValue? input = null)
    {
        _read = InputReader.Own<ApproveChangeInput>(input);
        _ballot = _read is { Faults.Count: 0, Value: { } read } ? new Ballot(read, Now + read.Timeout) : null;
    }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    // An approval that cannot be read ends with its first task; until then nothing can be asked of it.
    private Ballot Open => _ballot
        ?? throw new ApplicationFailureException(_read.Refusal!.Sentence, errorType: _read.Refusal.Code, nonRetryable: true);

    /// <summary>Waits for the votes.</summary>
    /// <param name="input">An <see cref="ApproveChangeInput"/>.</param>
    /// <returns>How it came out.</returns>
    /// <exception cref="ApplicationFailureException">The input is not one.</exception>
    [WorkflowRun]
    public async Task<ApprovalStatus> RunAsync(IRawValue? input = null)
    {
        ApproveChangeInput read = _read.Require();
        Ballot ballot = Open;
        ShowDetails();
        if (!await DecidedAsync(read, ballot))
        {
            ballot.Expire();
            RunLog.Write(read.ChangeId, AuditTypes.Vote, ballot.Status().Sentence);
        }

        ShowDetails();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return ballot.Status();
    }

    /// <summary>Where the vote stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public ApprovalStatus Status() => Open.Status();

    /// <summary>Casts a vote.</summary>
    /// <param name="vote">A <see cref="Vote"/>.</param>
    /// <returns>Where the vote stands after it.</returns>
    [WorkflowUpdate(ChangeNames.VoteUpdate)]
    public Task<ApprovalStatus> VoteAsync(IRawValue? vote = null)
    {
        Cast(InputReader.Asked<Vote>(vote).Require());
        ShowDetails();
        return Task.FromResult(Open.Status());
    }

    /// <summary>Casts a vote from the Temporal UI. One that does not count changes nothing; the details say why.</summary>
    /// <param name="vote">A <see cref="Vote"/>.</param>
    [WorkflowSignal(ChangeNames.VoteUpdate)]
    public Task VoteBySignalAsync(IRawValue? vote = null)
    {
        if (_ballot is null)
        {
            return Task.CompletedTask;
        }

        ReadInput<Vote> read = InputReader.Asked<Vote>(vote);
        _refusedSignal = read.Refusal ?? _ballot.Refuse(read.Value!, Now);
        if (_refusedSignal is null)
        {
            Cast(read.Value!);
        }
        else
        {
            LogRefused(AuditTypes.Vote, _refusedSignal);
        }

        ShowDetails();
        return Task.CompletedTask;
    }

    /// <summary>Refuses a vote that does not count, with the reason.</summary>
    /// <param name="vote">A <see cref="Vote"/>.</param>
    /// <exception cref="ApplicationFailureException">
    /// Its type is one of <see cref="VoteRefusals"/>, or <see cref="ReasonCodes.InputInvalid"/>; its message is the sentence.
    /// </exception>
    [WorkflowUpdateValidator(nameof(VoteAsync))]
    public void ValidateVote(IRawValue? vote = null) =>
        Throw(AuditTypes.Vote, Open.Refuse(InputReader.Asked<Vote>(vote).Require(), Now));

    /// <summary>Revokes the voter's own vote while others are still waited for.</summary>
    /// <param name="vote">A <see cref="RevokedVote"/>.</param>
    /// <returns>Where the vote stands after it.</returns>
    [WorkflowUpdate(ChangeNames.RevokeUpdate)]
    public Task<ApprovalStatus> RevokeAsync(IRawValue? vote = null)
    {
        RevokedVote read = InputReader.Asked<RevokedVote>(vote).Require();
        Open.Revoke(read);
        RunLog.Write(_read.Value!.ChangeId, AuditTypes.VoteRevoked, $"by {read.Actor} {read.Comment}");
        ShowDetails();
        return Task.FromResult(Open.Status());
    }

    /// <summary>Refuses to take back what was not given, with the reason.</summary>
    /// <param name="vote">A <see cref="RevokedVote"/>.</param>
    /// <exception cref="ApplicationFailureException">
    /// Its type is one of <see cref="VoteRefusals"/>, or <see cref="ReasonCodes.InputInvalid"/>; its message is the sentence.
    /// </exception>
    [WorkflowUpdateValidator(nameof(RevokeAsync))]
    public void ValidateRevoke(IRawValue? vote = null) =>
        Throw(AuditTypes.VoteRevoked, Open.Refuse(InputReader.Asked<RevokedVote>(vote).Require(), Now));

    // The run itself says how it came out.
    private static async Task<bool> DecidedAsync(ApproveChangeInput read, Ballot ballot)
    {
        bool Decided() => ballot.Decision != ApprovalDecision.Waiting;
        DateTimeOffset began = Now;
        RunNotices notices = new(read.ChangeId, $"{read.Plan.Target}") { IsOn = read.Notifies };
        string title = $"{read.Plan.Procedure} on {read.Plan.Target} waits for approval"
            + (read.Step is null ? "" : $" of {read.Step}, from which there is no way back");
        notices.Tell(ChangeNotices.GateWaiting, NotificationSeverity.Warning, title, Ask(read, ballot));
        foreach (double part in read.Notifies ? ChangeNotices.RemindAfter : [])
        {
            if (await Workflow.WaitConditionAsync(Decided, Left(began + (read.Timeout * part))))
            {
                break;
            }

            notices.Tell(ChangeNotices.GateReminder, NotificationSeverity.Warning, title, Ask(read, ballot));
        }

        bool isDecided = await Workflow.WaitConditionAsync(Decided, Left(began + read.Timeout));
        await notices.BegunAsync();
        return isDecided;
    }

    // Nothing is left where no worker was there for longer.
    private static TimeSpan Left(DateTimeOffset until) => until > Now ? until - Now : TimeSpan.Zero;

    private static string Ask(ApproveChangeInput read, Ballot ballot) =>
        $"{ballot.Status().Sentence} Requested by {read.RequestedBy}: {read.Reason} Vote with: sop approve {read.ChangeId}";

    private void Cast(Vote vote)
    {
        Open.Cast(vote, Now);
        RunLog.Write(
            _read.Value!.ChangeId,
            AuditTypes.Vote,
            $"by {vote.Actor} {vote.Decision} plan {vote.PlanHash} {vote.Comment} {Open.Status().Sentence}");
    }

    private void LogRefused(string type, Refusal refusal) =>
        RunLog.Refused(_read.Value!.ChangeId, type, refusal.Code, refusal.Sentence);

    private void Throw(string type, Refusal? refusal)
    {
        if (refusal is not null)
        {
            LogRefused(type, refusal);
            throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true);
        }
    }

    private void ShowDetails() => Workflow.CurrentDetails = ApprovalDetails.Markdown(_read.Value!, Open.Status(), _refusedSignal);
}
