namespace Orchestrator.Workflows.ChangeControl.Alerts;

/// <summary>Which critical alerts fire.</summary>
/// <param name="Critical">The alerts, by name and place; empty where they could not be read.</param>
/// <param name="Unread">Why they could not be read; null where they were.</param>
public sealed record AlertReading(IReadOnlyList<CriticalAlert> Critical, string? Unread = null);
