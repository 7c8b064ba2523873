namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>A vote that counted.</summary>
/// <param name="Voter">Who voted, with <c>unverified:</c> where the name is not verified.</param>
/// <param name="Role">The role it filled; of a rejection one of the roles that are asked and that the voter has.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Comment">Why.</param>
/// <param name="At">When.</param>
public sealed record CastVote(string Voter, string Role, VoteDecision Decision, string? Comment, DateTimeOffset At);
