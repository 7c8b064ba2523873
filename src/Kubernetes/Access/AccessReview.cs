namespace Orchestrator.Kubernetes;

/// <summary>Whether the user of a client may do something.</summary>
/// <param name="IsAllowed">Whether it is allowed; false also when the server could not find out.</param>
/// <param name="Reason">The server's explanation, or why it could not find out; null when it gave none.</param>
public sealed record AccessReview(bool IsAllowed, string? Reason);
