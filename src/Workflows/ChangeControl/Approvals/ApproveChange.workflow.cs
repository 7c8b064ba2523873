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
    private readonly ApproveChangeInput _input;
    private readonly Ballot _ballot;
    private Refusal? _refusedSignal;

    /// <summary>Opens the vote before the first vote can arrive.</summary>
    [WorkflowInit]
    public ApproveChangeWorkflow(ApproveChangeInput input)
    {
        _input = input;
        _ballot = new Ballot(input, new DateTimeOffset(Workflow.UtcNow, TimeSpan.Zero) + input.Timeout);
    }

    private static DateTimeOffset Now => new(Workflow.UtcNow, TimeSpan.Zero);

    /// <summary>Waits for the votes.</summary>
    /// <returns>How it came out.</returns>
    [WorkflowRun]
    public async Task<ApprovalStatus> RunAsync(ApproveChangeInput input)
    {
        ShowDetails();
        if (!await Workflow.WaitConditionAsync(() => _ballot.Decision != ApprovalDecision.Waiting, input.Timeout))
        {
            _ballot.Expire();
        }

        ShowDetails();
        await Workflow.WaitConditionAsync(() => Workflow.AllHandlersFinished);
        return _ballot.Status();
    }

    /// <summary>Where the vote stands.</summary>
    [WorkflowQuery(ChangeNames.StatusQuery)]
    public ApprovalStatus Status() => _ballot.Status();

    /// <summary>Casts a vote.</summary>
    /// <returns>Where the vote stands after it.</returns>
    [WorkflowUpdate(ChangeNames.VoteUpdate)]
    public Task<ApprovalStatus> VoteAsync(Vote vote)
    {
        _ballot.Cast(vote, Now);
        ShowDetails();
        return Task.FromResult(_ballot.Status());
    }

    /// <summary>Casts a vote from the Temporal UI. One that does not count changes nothing; the details say why.</summary>
    [WorkflowSignal(ChangeNames.VoteUpdate)]
    public Task VoteBySignalAsync(Vote vote)
    {
        _refusedSignal = _ballot.Refuse(vote, Now);
        if (_refusedSignal is null)
        {
            _ballot.Cast(vote, Now);
        }

        ShowDetails();
        return Task.CompletedTask;
    }

    /// <summary>Refuses a vote that does not count, with the reason.</summary>
    /// <exception cref="ApplicationFailureException">Its type is one of <see cref="VoteRefusals"/>, its message the sentence.</exception>
    [WorkflowUpdateValidator(nameof(VoteAsync))]
    public void ValidateVote(Vote vote) => Throw(_ballot.Refuse(vote, Now));

    /// <summary>Takes the own vote back while others are still waited for.</summary>
    /// <returns>Where the vote stands after it.</returns>
    [WorkflowUpdate(ChangeNames.RevokeUpdate)]
    public Task<ApprovalStatus> RevokeAsync(RevokedVote vote)
    {
        _ballot.Revoke(vote);
        ShowDetails();
        return Task.FromResult(_ballot.Status());
    }

    /// <summary>Refuses to take back what was not given, with the reason.</summary>
    /// <exception cref="ApplicationFailureException">Its type is one of <see cref="VoteRefusals"/>, its message the sentence.</exception>
    [WorkflowUpdateValidator(nameof(RevokeAsync))]
    public void ValidateRevoke(RevokedVote vote) => Throw(_ballot.Refuse(vote, Now));

    private static void Throw(Refusal? refusal)
    {
        if (refusal is not null)
        {
            throw new ApplicationFailureException(refusal.Sentence, errorType: refusal.Code, nonRetryable: true);
        }
    }

    private void ShowDetails() => Workflow.CurrentDetails = ApprovalDetails.Markdown(_input, _ballot.Status(), _refusedSignal);
}
