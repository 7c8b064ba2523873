using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What a voter sends.</summary>
/// <param name="PlanHash">The hash of the plan that the voter saw.</param>
/// <param name="Decision">Yes or no.</param>
/// <param name="Actor">Who votes: <c>unverified:NAME</c>, accepted only in the laptop profile.</param>
/// <param name="Comment">Why; required to reject, and for every vote on a change of tier T3.</param>
/// <param name="Role">The role to vote in; null takes the rarest open one that the voter has.</param>
public sealed record Vote(
    [property: JsonRequired] string PlanHash,
    [property: JsonRequired] VoteDecision Decision,
    [property: JsonRequired] string Actor,
    string? Comment = null,
    string? Role = null);
