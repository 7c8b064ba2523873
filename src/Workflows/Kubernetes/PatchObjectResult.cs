namespace Orchestrator.Workflows.Kubernetes;

/// <summary>What a patch brought about.</summary>
/// <param name="Changed">False if everything already was as wanted.</param>
/// <param name="Generation">The object's generation afterwards.</param>
public sealed record PatchObjectResult(bool Changed, long Generation);
