namespace Orchestrator.Workflows.Kubernetes;

/// <summary>The result of a deletion.</summary>
/// <param name="Deleted">False if it was gone already.</param>
public sealed record DeleteObjectResult(bool Deleted);
