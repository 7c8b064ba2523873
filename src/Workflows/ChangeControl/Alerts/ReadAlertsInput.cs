using Orchestrator.Workflows.ChangeControl.Planning;

namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Whose alerts to read.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Reach">The namespaces and nodes that count.</param>
public sealed record ReadAlertsInput(ChangeTarget Target, BlastRadius Reach);
