using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>Who is served first in a queue; among equals, who asked first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LockPriority>))]
public enum LockPriority
{
    /// <summary>After every emergency.</summary>
    Normal,

    /// <summary>A repair under an open incident.</summary>
    Emergency,
}
