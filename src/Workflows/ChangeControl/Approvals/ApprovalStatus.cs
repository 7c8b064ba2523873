namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Where an approval stands: the answer of its query <c>status</c>, and its result.</summary>
/// <param name="Decision">Whether it is granted.</param>
/// <param name="PlanHash">The plan that is voted on.</param>
/// <param name="Votes">The votes so far.</param>
/// <param name="Open">The places that are still to be filled.</param>
/// <param name="Until">Until when votes are taken.</param>
/// <param name="Sentence">What it comes to, in one sentence.</param>
public sealed record ApprovalStatus(
    ApprovalDecision Decision,
    string PlanHash,
    IReadOnlyList<CastVote> Votes,
    IReadOnlyList<ApprovalRequirement> Open,
    DateTimeOffset Until,
    string Sentence)
{
    /// <summary>The votes that were revoked.</summary>
    public IReadOnlyList<CastVote> Revoked { get; init; } = [];
}
