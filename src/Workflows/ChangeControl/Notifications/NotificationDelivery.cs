namespace Orchestrator.Workflows.ChangeControl.Notifications;

/// <summary>What became of a notice on one route.</summary>
/// <param name="Route">The route.</param>
/// <param name="Channel">The channel that accepted it; null: none did.</param>
/// <param name="Failures">A sentence for each channel that did not, in the order in which they were tried.</param>
public sealed record NotificationDelivery(string Route, string? Channel, IReadOnlyList<string> Failures);
