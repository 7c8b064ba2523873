namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What a voter sends.</summary>
/// <param name="PlanHash">The hash of the plan that the voter saw.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Actor">Who votes: <c>unverified:NAME</c>, accepted in the laptop profile alone.</param>
/// <param name="Comment">Why; required to reject.</param>
/// <param name="Role">The role to vote in; null takes the first open one that the voter has.</param>
public sealed record Vote(string PlanHash, VoteDecision Decision, string Actor, string? Comment = null, string? Role = null);
