namespace Orchestrator.Workflows.Kubernetes;

/// <summary>What came of an eviction.</summary>
/// <param name="Gone">Whether the pod goes, or is gone already.</param>
/// <param name="Refusal">Where a disruption budget does not let it go: what the API server says.</param>
public sealed record EvictPodResult(bool Gone, string? Refusal = null);
