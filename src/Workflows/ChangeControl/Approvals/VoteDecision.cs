using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>What a voter says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<VoteDecision>))]
public enum VoteDecision
{
    /// <summary>Yes.</summary>
    Approve,

    /// <summary>No; one is enough to deny.</summary>
    Reject,
}
