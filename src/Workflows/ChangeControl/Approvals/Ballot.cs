
namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>
/// Counts votes: k of n by role, one place a person, one "no" denies. Deciding is pure; the workflow holds the ballot and its clock.
/// </summary>
public sealed class Ballot
{
    /// <summary>The prefix of a name that nobody vouches for.</summary>
    public const string UnverifiedPrefix = "unverified:";

    private readonly ApproveChangeInput _input;
    private readonly List<CastVote> _votes = [];

    /// <summary>A ballot on a plan that takes votes until <paramref name="until"/>.</summary>
    public Ballot(ApproveChangeInput input, DateTimeOffset until)
    {
        _input = input;
        Until = until;
        Decision = Open().Count == 0 ? ApprovalDecision.Granted : ApprovalDecision.Waiting;
    }

    /// <summary>Until when votes are taken, exclusive.</summary>
    public DateTimeOffset Until { get; }

    /// <summary>Whether it is granted.</summary>
    public ApprovalDecision Decision { get; private set; }

    /// <summary>The name behind an actor, without <see cref="UnverifiedPrefix"/>.</summary>
    public static string Subject(string actor) =>
        actor.StartsWith(UnverifiedPrefix, StringComparison.Ordinal) ? actor[UnverifiedPrefix.Length..] : actor;

    /// <summary>Why a vote is refused; null where it counts. The first reason in a fixed order.</summary>
    public Refusal? Refuse(Vote vote, DateTimeOffset now)
    {
        string subject = Subject(vote.Actor);
        return RefuseState(vote) ?? RefusePlan(vote, now) ?? RefuseVoter(vote, subject);
    }

    /// <summary>Counts a vote that <see cref="Refuse"/> did not refuse.</summary>
    public void Cast(Vote vote, DateTimeOffset now)
    {
        string role = OpenRolesOf(Subject(vote.Actor), vote.Role).FirstOrDefault() ?? _input.Voters.Of(Subject(vote.Actor))[0];
        _votes.Add(new CastVote(vote.Actor, role, vote.Decision, vote.Comment, now));
        Decision = vote.Decision == VoteDecision.Reject ? ApprovalDecision.Denied
            : Open().Count == 0 ? ApprovalDecision.Granted
            : ApprovalDecision.Waiting;
    }

    /// <summary>Ends the vote for lack of votes.</summary>
    public void Expire() => Decision = ApprovalDecision.Expired;

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status() => new(Decision, _input.PlanHash, [.. _votes], Open(), Until, Sentence());

    private static Refusal No(string code, string sentence) => Refusal.Block(code, sentence);

    private Refusal? RefuseState(Vote vote) => Decision != ApprovalDecision.Waiting
        ? No(VoteRefusals.NotWaiting, $"No vote is waited for on {_input.ChangeId}: {Sentence()}")
        : !_input.AllowUnverifiedVotes && vote.Actor.StartsWith(UnverifiedPrefix, StringComparison.Ordinal)
            ? No(VoteRefusals.ActorUnverified, $"Nobody vouches for the name '{Subject(vote.Actor)}'; this installation takes verified votes alone.")
            : null;

    private Refusal? RefusePlan(Vote vote, DateTimeOffset now) => vote.PlanHash != _input.PlanHash
        ? No(VoteRefusals.PlanHashMismatch, $"The vote is for plan {Short(vote.PlanHash)}, but plan {Short(_input.PlanHash)} is up for approval; look at it and vote again.")
        : now >= Until
            ? No(VoteRefusals.ApprovalExpired, $"The time to vote on {_input.ChangeId} ended at {Until:u}.")
            : null;

    private Refusal? RefuseVoter(Vote vote, string subject)
    {
        if (subject == Subject(_input.RequestedBy))
        {
            return No(VoteRefusals.VoterIsRequester, $"{subject} asked for {_input.ChangeId} and so cannot vote on it; somebody else must.");
        }

        bool hasRole = vote.Decision == VoteDecision.Approve
            ? OpenRolesOf(subject, vote.Role).Any()
            : _input.Voters.Of(subject).Count > 0;
        return _votes.Exists(cast => Subject(cast.Voter) == subject)
            ? No(VoteRefusals.VoterAlreadyVoted, $"{subject} has already voted on {_input.ChangeId}; one person fills one place.")
            : !hasRole
                ? No(VoteRefusals.VoterLacksRole, $"{subject} has none of the roles that are still open: {string.Join(", ", Open().Select(place => $"{place.Count} × {place.Role}"))}.")
                : vote.Decision == VoteDecision.Reject && string.IsNullOrWhiteSpace(vote.Comment)
                    ? No(VoteRefusals.CommentRequired, "A rejection needs a comment that says why.")
                    : null;
    }

    private IEnumerable<string> OpenRolesOf(string subject, string? wanted)
    {
        IReadOnlyList<string> roles = _input.Voters.Of(subject);
        return Open()
            .Where(place => roles.Contains(place.Role) && (wanted is null || wanted == place.Role))
            .OrderBy(place => _input.Voters.Named.Count(entry => entry.Roles.Contains(place.Role)))
            .Select(place => place.Role);
    }

    private List<ApprovalRequirement> Open() =>
    [
        .. _input.Requirements
            .Select(place => place with { Count = place.Count - _votes.Count(vote => vote.Decision == VoteDecision.Approve && vote.Role == place.Role) })
            .Where(place => place.Count > 0),
    ];

    private string Sentence() => Decision switch
    {
        ApprovalDecision.Granted => _votes.Count == 0
            ? "No vote is needed."
            : $"Approved by {string.Join(", ", _votes.Select(vote => $"{vote.Voter} ({vote.Role})"))}.",
        ApprovalDecision.Denied => $"{_votes[^1].Voter} rejected it: {_votes[^1].Comment}",
        ApprovalDecision.Expired => $"Nobody decided until {Until:u}; that denies.",
        _ => $"Waits for {string.Join(", ", Open().Select(place => $"{place.Count} × {place.Role}"))} until {Until:u}.",
    };

    private static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
