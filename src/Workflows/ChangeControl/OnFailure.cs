using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>What a run does when a step fails.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OnFailure>))]
public enum OnFailure
{
    /// <summary>Puts back what it changed, in reverse order.</summary>
    Undo,

    /// <summary>Stops and asks a person.</summary>
    Ask,

    /// <summary>Stops and leaves everything as it is.</summary>
    Leave,
}
