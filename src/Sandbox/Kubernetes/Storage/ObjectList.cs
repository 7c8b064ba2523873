namespace Orchestrator.Sandbox.Kubernetes.Storage;

/// <summary>The objects of a resource as they were at one revision, by namespace and name.</summary>
public sealed record ObjectList(long Revision, IReadOnlyList<StoredObject> Objects);
