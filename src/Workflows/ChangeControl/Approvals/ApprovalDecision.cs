using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Approvals;

/// <summary>Where an approval stands; also the search attribute <c>ApprovalState</c>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApprovalDecision>))]
public enum ApprovalDecision
{
    /// <summary>Votes are still missing.</summary>
    Waiting,

    /// <summary>Every requirement is filled.</summary>
    Granted,

    /// <summary>Somebody said no.</summary>
    Denied,

    /// <summary>Nobody decided in time; that denies.</summary>
    Expired,
}
