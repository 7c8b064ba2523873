namespace Orchestrator.Workflows.Confluent;

/// <summary>An annotation that switches the operator off, or its checks: <c>block-reconcile</c>, <c>maintenance-mode</c>, <c>roll-precheck</c>.</summary>
/// <param name="Annotation">Its key.</param>
/// <param name="Value">Its value.</param>
/// <param name="SetBy">The field manager that wrote it, as far as the API server tells.</param>
/// <param name="Since">When that manager last wrote.</param>
public sealed record OperatorHold(string Annotation, string Value, string? SetBy, DateTimeOffset? Since);
