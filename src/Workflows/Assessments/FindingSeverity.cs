using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Assessments;

/// <summary>How much a finding matters; the worst is the last.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Info,

    /// <summary>Something could not be read.</summary>
    Unknown,

    /// <summary>Something is wrong: the verdict is <see cref="Verdict.Degraded"/> at best.</summary>
    Warning,

    /// <summary>Something does not work: the verdict is <see cref="Verdict.Critical"/>.</summary>
    Critical,
}
