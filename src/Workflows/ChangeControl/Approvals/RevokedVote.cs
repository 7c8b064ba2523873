using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What a voter sends to revoke their own vote while others are still waited for.</summary>
/// <param name="PlanHash">The hash of the plan that was voted on.</param>
/// <param name="Actor">Who voted: <c>unverified:NAME</c>, accepted only in the laptop profile.</param>
/// <param name="Comment">Why.</param>
public sealed record RevokedVote([property: JsonRequired] string PlanHash, [property: JsonRequired] string Actor, string? Comment = null);
