using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>Fields to change on one object.</summary>
/// <param name="Target">The cluster.</param>
/// <param name="Object">The object.</param>
/// <param name="Changes">The fields.</param>
public sealed record PatchObjectInput(ChangeTarget Target, ObjectReference Object, IReadOnlyList<PointerChange> Changes);
