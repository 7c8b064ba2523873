using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl;

/// <summary>How much care a change takes: who must approve it, and how fast it must be undone.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChangeTier>))]
public enum ChangeTier
{
    /// <summary>Standard.</summary>
    T1,

    /// <summary>Elevated.</summary>
    T2,

    /// <summary>High risk.</summary>
    T3,
}
