using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What an answer of a check means for the run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RefusalSeverity>))]
public enum RefusalSeverity
{
    /// <summary>The check says no.</summary>
    Block,

    /// <summary>The check could not be made; that blocks as well.</summary>
    Unknown,

    /// <summary>Shown to the approvers; blocks nothing.</summary>
    Warn,
}
