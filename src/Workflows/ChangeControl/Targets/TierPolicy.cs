using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl.Approvals;

namespace Orchestrator.Workflows.ChangeControl.Targets;

/// <summary>What a tier asks of a change.</summary>
/// <param name="Tier">The tier.</param>
/// <param name="Approvals">Who must say yes; empty where nobody must.</param>
/// <param name="DecideWithin">How long votes are taken.</param>
public sealed record TierPolicy(
    ChangeTier Tier,
    IReadOnlyList<ApprovalRequirement> Approvals,
    [property: JsonConverter(typeof(DurationJsonConverter))] TimeSpan DecideWithin);
