using System.Text.Json.Serialization;

namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>What a person sends to break a lock, and a second one to confirm it.</summary>
/// <param name="Actor">Who asks: <c>unverified:NAME</c>, accepted only in the laptop profile.</param>
/// <param name="Reason">Why, at least 10 characters.</param>
/// <param name="IncidentId">The incident that makes it necessary.</param>
public sealed record BreakLock([property: JsonRequired] string Actor, [property: JsonRequired] string Reason, string? IncidentId = null);
