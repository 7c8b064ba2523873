using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>
/// What a person sends to steer a run: the one argument of each of the updates and signals of <see cref="ControlNames"/>.
/// </summary>
/// <param name="Actor">Who asks: <c>unverified:NAME</c>, accepted only in the laptop profile.</param>
/// <param name="Reason">
/// Why; required to accept what a failed run left, at least 10 characters, and to skip a step, at least 20.
/// </param>
public sealed record ControlRequest([property: JsonRequired] string Actor, string? Reason = null)
{
    /// <summary>The step that is meant; required to skip one.</summary>
    public string? Step { get; init; }

    /// <summary>Another input for the step. It is refused: it would make another plan than the one that was approved.</summary>
    public JsonElement? EditedInput { get; init; }
}
