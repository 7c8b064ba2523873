using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How far a run goes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeMode>))]
public enum ChangeMode
{
    /// <summary>Reads and plans; touches nothing.</summary>
    Plan,

    /// <summary>Plans, asks for the approvals, and runs.</summary>
    Execute,
}
