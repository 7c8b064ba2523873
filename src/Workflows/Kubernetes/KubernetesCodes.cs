using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Workflows.Kubernetes;

/// <summary>The codes of what a Kubernetes cluster itself speaks against.</summary>
/// <remarks>They are printed, searched for and documented; none is ever renamed.</remarks>
public static class KubernetesCodes
{
    /// <summary>The namespace is being deleted.</summary>
    [Reason("The namespace is being deleted.", "Stop. If the deletion is a mistake, it cannot be undone; save what you can.")]
    public const string NamespaceTerminating = "NAMESPACE_TERMINATING";

    /// <summary>Fewer pods are Ready than the resource asks for.</summary>
    [Reason("Fewer pods are Ready than the resource asks for.", "Repair the pods that the sentence names.")]
    public const string PodNotReady = "POD_NOT_READY";

    /// <summary>A pod is being deleted.</summary>
    [Reason("A pod is being deleted.", "Wait, or find out what deletes it.")]
    public const string PodTerminating = "POD_TERMINATING";

    /// <summary>A pod's node is cordoned or not Ready: a restarted pod may not come back there.</summary>
    [Reason("The node of a pod is cordoned or not Ready: the restarted pod may not come back there.", "Uncordon or repair the node.")]
    public const string NodesFull = "NODES_FULL";

    /// <summary>A disruption budget does not let the pod go.</summary>
    [Reason(
        "A disruption budget prevented the eviction of the pod for 10 minutes.",
        "Find out what else in the cluster is down, then `sop resume`.")]
    public const string EvictionRefused = "EVICTION_REFUSED";

    /// <summary>A GitOps controller applies the resource, and reverts what the change writes.</summary>
    [Reason(
        "Argo CD or Flux applies the resource with self-heal on, so it would revert what the change writes; or whether self-heal is"
            + " on could not be read. Without self-heal it is a warning.",
        "Change it through Git; or suspend it meanwhile: `argocd app set <app> --self-heal=false`, `flux suspend kustomization "
            + "<name>`.")]
    public const string GitopsOwned = "GITOPS_OWNED";

    /// <summary>A ResourceQuota leaves no room for a pod that is to come back.</summary>
    [Reason(
        "A ResourceQuota of the namespace leaves no room for one more pod of the resource, or could not be read: a pod that is "
            + "deleted may not come back.",
        "Raise the quota as the sentence says, or remove pods that are not needed; grant the worker `list` on `resourcequotas`.")]
    public const string QuotaFull = "QUOTA_FULL";

    /// <summary>The Kubernetes API does not answer, or not now: retried.</summary>
    [Reason(
        "The Kubernetes API did not answer, or answered that it is unavailable. The call was retried until the limit.",
        "Bring the API server back.",
        IsFailure = true)]
    public const string KubernetesUnavailable = "KUBERNETES_UNAVAILABLE";
}
