using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Planning;

/// <summary>A fact that a plan rests on.</summary>
/// <param name="Key">What was read, such as <c>kafkas.platform.confluent.io/kafka metadata.generation</c>.</param>
/// <param name="Value">What it said.</param>
/// <param name="Tolerance">How much it may move.</param>
/// <param name="Least">With tolerance Range: the least that it may become.</param>
/// <param name="Most">With tolerance Range: the most that it may become.</param>
public sealed record ObservedFact(
    string Key,
    string Value,
    FactTolerance Tolerance,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Least = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Most = null);
