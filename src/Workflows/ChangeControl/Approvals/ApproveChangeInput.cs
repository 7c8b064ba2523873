using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What is to be approved, by whom, and until when.</summary>
/// <param name="ChangeId">The change.</param>
/// <param name="Plan">The plan that is voted on.</param>
/// <param name="PlanHash">Its hash; a vote for another is refused.</param>
/// <param name="RequestedBy">Who asked; may not vote.</param>
/// <param name="Reason">Why they asked.</param>
/// <param name="Requirements">Who must say yes.</param>
/// <param name="Voters">Who has which role.</param>
/// <param name="Timeout">How long votes are taken; its end denies.</param>
/// <param name="AllowUnverifiedVotes">True only in the laptop profile.</param>
/// <param name="Tier">The tier of the change; in T3 every vote needs a comment.</param>
public sealed record ApproveChangeInput(
    string ChangeId,
    Plan Plan,
    string PlanHash,
    string RequestedBy,
    string Reason,
    IReadOnlyList<ApprovalRequirement> Requirements,
    VoterRoles Voters,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan Timeout,
    bool AllowUnverifiedVotes,
    ChangeTier Tier = ChangeTier.T1)
{
    /// <summary>The point of no return that is asked for on its own, right before it; null: the plan.</summary>
    public string? Step { get; init; }

    /// <summary>Whether people are told that it waits, and reminded of it.</summary>
    public bool Notifies { get; init; }
}
