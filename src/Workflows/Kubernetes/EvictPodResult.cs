namespace Orchestrator.Workflows.Kubernetes;

/// <summary>The result of an eviction.</summary>
/// <param name="Gone">Whether the pod is being removed, or is gone already.</param>
/// <param name="Refusal">What the API server says where a disruption budget prevents it.</param>
public sealed record EvictPodResult(bool Gone, string? Refusal = null);
