namespace Orchestrator.Workflows.Kubernetes;

/// <summary>The result of a patch.</summary>
/// <param name="Changed">False if everything was already as planned.</param>
/// <param name="Generation">The object's generation afterwards.</param>
public sealed record PatchObjectResult(bool Changed, long Generation);
