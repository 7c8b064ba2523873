namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>Why a pod cannot go to a node, in the scheduler's words.</summary>
/// <param name="Reason">Such as <c>node(s) were unschedulable</c>.</param>
/// <param name="IsFinal">Whether the node would refuse the pod even if other pods were put off it.</param>
internal sealed record NodeRefusal(string Reason, bool IsFinal);
