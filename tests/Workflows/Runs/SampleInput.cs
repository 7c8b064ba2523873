using System.Text.Json.Serialization;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Inputs;

namespace Orchestrator.Workflows.Tests.Runs;

/// <summary>The input of <see cref="SampleWorkflow"/>.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Change">Who asks for what.</param>
/// <param name="Third">What the third step means for the way back.</param>
/// <param name="FailsAt">The step that fails, if one does.</param>
/// <param name="Times">How often it fails.</param>
/// <param name="Pauses">Whether the second step waits until somebody stops it.</param>
public sealed record SampleInput(
    ChangeTarget Target,
    ChangeRequest Change,
    [property: JsonConverter(typeof(JsonStringEnumConverter<StepKind>))] StepKind Third = StepKind.Normal,
    string? FailsAt = null,
    int Times = 1,
    bool Pauses = false) : IProcedureInput
{
    /// <summary>A second step that fails for good.</summary>
    public string? AlsoFailsAt { get; init; }

    /// <summary>How often <see cref="FailsAt"/> works before it fails.</summary>
    public int Spares { get; init; }

    /// <summary>Whether the third step can be left out, and what its check says the first time; empty where it says nothing.</summary>
    public string? SkipsThird { get; init; }

    /// <summary>How long the run waits without its locks before the third step.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan Parks { get; init; }

    /// <summary>Whether a team lead is asked, within an hour, before the third step.</summary>
    public bool AsksATeamLead { get; init; }

    /// <summary>Whether the second look finds another object than the first.</summary>
    public bool Replans { get; init; }

    /// <summary>What putting it back is expected to take.</summary>
    [JsonConverter(typeof(DurationJsonConverter))]
    public TimeSpan UndoTakes { get; init; }
}
