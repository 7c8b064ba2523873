namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>
/// Counts votes: k of n by role, one place a person, one "no" denies. Deciding is pure; the workflow holds the ballot and its clock.
/// </summary>
public sealed class Ballot
{
    private const int ShortHash = 12;

    private readonly ApproveChangeInput _input;
    private readonly List<ApprovalRequirement> _places;
    private readonly List<CastVote> _votes = [];
    private readonly List<CastVote> _revoked = [];

    /// <summary>A ballot on a plan that takes votes until <paramref name="until"/>.</summary>
    public Ballot(ApproveChangeInput input, DateTimeOffset until)
    {
        _input = input;
        _places = [.. input.Requirements.GroupBy(place => place.Role)
            .Select(same => new ApprovalRequirement(same.Key, same.Sum(place => place.Count)))];
        Until = until;
        Decision = Open().Count == 0 ? ApprovalDecision.Granted : ApprovalDecision.Waiting;
    }

    /// <summary>Until when votes are taken, exclusive.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Whether it is granted.</summary>
    public ApprovalDecision Decision { get; private set; }

    /// <summary>Why a vote is refused; null where it counts. The first reason in the order of <see cref="VoteRefusals"/>.</summary>
    public Refusal? Refuse(Vote vote, DateTimeOffset now) =>
        RefuseState(vote.Actor) ?? RefusePlan(vote.PlanHash, now) ?? RefuseVoter(vote, Actor.Subject(vote.Actor));

    /// <summary>Why a vote cannot be revoked; null where it can. The first reason in the order of <see cref="VoteRefusals"/>.</summary>
    public Refusal? Refuse(RevokedVote vote, DateTimeOffset now) => RefuseState(vote.Actor) ?? RefusePlan(vote.PlanHash, now)
        ?? (IndexOf(vote.Actor) >= 0 ? null : No(VoteRefusals.VoterHasNotVoted,
            $"{Actor.Subject(vote.Actor)} has not voted on {_input.ChangeId}; there is no vote to revoke."));

    /// <summary>Takes back a vote that <see cref="Refuse(RevokedVote, DateTimeOffset)"/> did not refuse: its place is open again.</summary>
    public void Revoke(RevokedVote vote)
    {
        int index = IndexOf(vote.Actor);
        _revoked.Add(_votes[index] with { Comment = vote.Comment });
        _votes.RemoveAt(index);
    }

    /// <summary>Counts a vote that <see cref="Refuse(Vote, DateTimeOffset)"/> did not refuse.</summary>
    public void Cast(Vote vote, DateTimeOffset now)
    {
        _votes.Add(new CastVote(vote.Actor, RolesFor(vote).First(), vote.Decision, vote.Comment, now));
        Decision = vote.Decision != VoteDecision.Approve ? ApprovalDecision.Denied
            : Open().Count == 0 ? ApprovalDecision.Granted
            : ApprovalDecision.Waiting;
    }

    /// <summary>Ends the vote for lack of votes.</summary>
    public void Expire() => Decision = ApprovalDecision.Expired;

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status() => new(Decision, _input.PlanHash, [.. _votes], Open(), Until, Sentence()) { Revoked = [.. _revoked] };

    private static Refusal No(string code, string sentence) => Refusal.Block(code, sentence);

    private int IndexOf(string actor) => _votes.FindIndex(cast => Actor.Same(cast.Voter, actor));

    private Refusal? RefuseState(string actor) =>
        Decision != ApprovalDecision.Waiting
            ? No(VoteRefusals.NotWaiting, $"{_input.ChangeId} is not waiting for votes: {Sentence()}")
        : !_input.AllowUnverifiedVotes
            ? No(
                VoteRefusals.ActorUnverified,
                $"The name '{SubjectName.Shown(actor)}' is not verified; this installation accepts only verified votes.")
        : Actor.Fault(actor) is { } fault
            ? No(VoteRefusals.ActorUnverified, $"The voter '{SubjectName.Shown(actor)}' {fault}.")
        : null;

    private Refusal? RefusePlan(string planHash, DateTimeOffset now) =>
        planHash != _input.PlanHash
            ? No(VoteRefusals.PlanHashMismatch, OtherPlan(planHash ?? ""))
        : now >= Until
            ? No(VoteRefusals.ApprovalExpired, $"The time to vote on {_input.ChangeId} ended at {Until:u}.")
        : null;

    private Refusal? RefuseVoter(Vote vote, string subject) =>
        Actor.Same(subject, _input.RequestedBy)
            ? No(VoteRefusals.VoterIsRequester, $"{subject} requested {_input.ChangeId} and so cannot vote on it; somebody else must.")
        : _votes.Find(cast => Actor.Same(cast.Voter, subject)) is { } first
            ? No(
                VoteRefusals.VoterAlreadyVoted,
                $"{subject} has already voted on {_input.ChangeId}: {first.Decision} as {first.Role} at {first.At:u}; "
                    + "each person has one vote. To change it, revoke that vote first.")
        : !RolesFor(vote).Any()
            ? No(VoteRefusals.VoterLacksRole, vote.Role is null
                ? $"{subject} has none of the roles that are still open: {OpenText()}."
                : $"{subject} cannot vote as {vote.Role}; still open: {OpenText()}.")
        : (vote.Decision != VoteDecision.Approve || _input.Tier == ChangeTier.T3) && string.IsNullOrWhiteSpace(vote.Comment)
            ? No(VoteRefusals.CommentRequired, vote.Decision == VoteDecision.Approve
                ? "A vote on a change of tier T3 needs a comment."
                : "A rejection needs a comment that says why.")
        : null;

    /// <summary>
    /// The roles that a vote can count for, the rarest first. A yes fills an open place; a no needs any of the roles that are asked.
    /// </summary>
    private IEnumerable<string> RolesFor(Vote vote)
    {
        IReadOnlyList<string> roles = _input.Voters.VotingRolesOf(Actor.Subject(vote.Actor));
        return (vote.Decision == VoteDecision.Approve ? Open() : _places)
            .Select(place => place.Role)
            .Where(role => roles.Contains(role) && (vote.Role is null || vote.Role == role))
            .OrderBy(_input.Voters.PeopleIn);
    }

    private List<ApprovalRequirement> Open() =>
    [
        .. _places
            .Select(place =>
                place with { Count = place.Count - _votes.Count(vote => vote.Decision == VoteDecision.Approve && vote.Role == place.Role) })
            .Where(place => place.Count > 0),
    ];

    private string OpenText() => ApprovalRequirement.Text(Open());

    private string Sentence() => Decision switch
    {
        ApprovalDecision.Granted => _votes.Count == 0
            ? "No vote is needed."
            : $"Approved by {string.Join(", ", _votes.Select(vote => $"{vote.Voter} ({vote.Role})"))}.",
        ApprovalDecision.Denied => $"{_votes[^1].Voter} rejected it: {_votes[^1].Comment}",
        ApprovalDecision.Expired => $"Nobody decided by {Until:u}, so the change is denied.",
        _ => $"Waits for {OpenText()} until {Until:u}.",
    };

    // As much of both hashes as it takes to see that they differ.
    private string OtherPlan(string planHash)
    {
        if (planHash.Length is > 0
            && planHash.Length < _input.PlanHash.Length
            && _input.PlanHash.StartsWith(planHash, StringComparison.OrdinalIgnoreCase))
        {
            return $"The vote names only the first {planHash.Length} characters of a plan's hash; "
                + $"it must name all {_input.PlanHash.Length} of them: {_input.PlanHash}.";
        }

        int same = planHash.Zip(_input.PlanHash).TakeWhile(pair => pair.First == pair.Second).Count();
        string Short(string hash) => hash.Length == 0 ? "(none)" : hash[..Math.Min(hash.Length, Math.Max(ShortHash, same + 1))];
        return $"The vote is for plan {Short(planHash)}, but plan {Short(_input.PlanHash)} is waiting for approval; "
            + "look at it and vote again.";
    }
}
