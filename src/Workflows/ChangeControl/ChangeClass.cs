using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Why a change is made; reviewers see it first, the error-budget gate reads it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeClass>))]
public enum ChangeClass
{
    /// <summary>New or changed function.</summary>
    Feature,

    /// <summary>Makes the service more reliable.</summary>
    Reliability,

    /// <summary>Closes a security gap.</summary>
    Security,

    /// <summary>Repairs an incident; needs <see cref="ChangeRequest.IncidentId"/>.</summary>
    Remediation,
}
