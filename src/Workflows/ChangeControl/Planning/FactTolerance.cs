using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>How much an observed fact may move between plan and run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FactTolerance>))]
public enum FactTolerance
{
    /// <summary>Not at all; it is part of the plan's hash.</summary>
    Exact,

    /// <summary>
    /// Between <see cref="ObservedFact.Least"/> and <see cref="ObservedFact.Most"/>; it is a whole number, and not hashed.
    /// </summary>
    Range,

    /// <summary>Freely; it is shown.</summary>
    Info,
}
