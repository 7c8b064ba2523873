using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>Where a step stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepState>))]
public enum StepState
{
    /// <summary>Not begun.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Done.</summary>
    Done,

    /// <summary>Failed.</summary>
    Failed,

    /// <summary>Left out, as a person decided.</summary>
    Skipped,
}
