namespace Orchestrator.Sandbox.Kubernetes.Controllers.Events;

/// <summary>Who tells of an event.</summary>
/// <param name="Component">Such as <c>statefulset-controller</c>.</param>
/// <param name="Host">The node that it is about; null where none is.</param>
/// <param name="Action">
/// What the teller was doing, of those that write events of the newer form (the scheduler does); null for the older form.
/// </param>
internal sealed record EventSource(string Component, string? Host = null, string? Action = null);
