using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.Assessments;

/// <summary>What an assessment, or a section of it, comes to; the worst is the last.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
public enum Verdict
{
    /// <summary>It was read, and nothing is wrong that anybody must act on.</summary>
    Healthy,

    /// <summary>It could not be read, or not all of it: nobody knows whether it is healthy.</summary>
    Unknown,

    /// <summary>Something is wrong and must be repaired; it works meanwhile.</summary>
    Degraded,

    /// <summary>Something does not work, or is about to fail.</summary>
    Critical,
}
