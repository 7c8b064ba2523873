namespace Orchestrator.Workflows.ChangeControl.Locks;

/// <summary>A Kubernetes cluster that a change touches, on which the fencing tokens of its locks are written.</summary>
/// <param name="Target">How the inventory names it.</param>
/// <param name="ClusterUid">
/// What it is: the UID of its namespace <c>kube-system</c>. Another cluster behind that name is not written to.
/// </param>
public sealed record LockPlace(ChangeTarget Target, string ClusterUid);
