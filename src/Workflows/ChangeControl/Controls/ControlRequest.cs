using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Controls;

/// <summary>What a person sends to steer a run: the one argument of each of the updates and signals of <see cref="ControlNames"/>.</summary>
/// <param name="Actor">Who asks: <c>unverified:NAME</c>, accepted in the laptop profile alone.</param>
/// <param name="Reason">Why; required to accept what a failed run left, at least 10 characters.</param>
public sealed record ControlRequest([property: JsonRequired] string Actor, string? Reason = null);
