using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Where a guard stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GuardCondition>))]
public enum GuardCondition
{
    /// <summary>Nobody holds it.</summary>
    Free,

    /// <summary>Held.</summary>
    Held,

    /// <summary>A holder ended without giving it back, and left something open: a person must break it.</summary>
    Orphaned,

    /// <summary>Given back by no one; waits until a last write of the former holder has surely ended.</summary>
    Quarantined,
}
