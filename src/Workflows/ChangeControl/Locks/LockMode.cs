using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>How a lock is held.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LockMode>))]
public enum LockMode
{
    /// <summary>Beside others that share it; none of them changes the object itself.</summary>
    Shared,

    /// <summary>Alone.</summary>
    Exclusive,
}
