namespace Orchestrator.Activities.Alerts;

/// <summary>The alerts of a cluster could not be read.</summary>
/// <param name="reason">Why, in one sentence.</param>
public sealed class AlertsUnreadableException(string reason) : Exception(reason);
