namespace Orchestrator.Kubernetes;

/// <summary>A call that has been answered.</summary>
/// <param name="Verb">What was asked, such as <c>PATCH</c>.</param>
/// <param name="Resource">What of, such as <c>pods kafka/kafka-0</c>.</param>
/// <param name="StatusCode">The answer's HTTP status.</param>
/// <param name="AuditId">The id of the call in the server's audit log; null when the server gave none.</param>
/// <param name="Warnings">What the server warned of, such as a deprecated version.</param>
/// <param name="Duration">Time until the answer began.</param>
public sealed record ApiCall(string Verb, string Resource, int StatusCode, string? AuditId, IReadOnlyList<string> Warnings, TimeSpan Duration);
