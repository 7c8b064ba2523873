namespace Orchestrator.Sandbox.Kubernetes.Resources;

/// <summary>The kind that a subresource speaks, such as <c>Scale</c> of <c>autoscaling/v1</c>.</summary>
internal sealed record SubresourceKind(string Group, string Version, string Kind);
