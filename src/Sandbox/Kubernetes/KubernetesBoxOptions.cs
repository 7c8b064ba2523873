using Orchestrator.Sandbox.Kubernetes.Pods;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes;

/// <summary>What a Kubernetes API in the box begins with.</summary>
public sealed class KubernetesBoxOptions
{
    /// <summary>The port on 127.0.0.1. Default: 0, a free one.</summary>
    public int Port { get; set; }

    /// <summary>The time of the box that it is a part of. Default: null, the wall clock's.</summary>
    public BoxTime? Time { get; set; }

    /// <summary>
    /// What clients see who look into pods. Default: null; logs of a few lines made of the pods' states, and a few commands such as
    /// <c>env</c> and <c>hostname</c>.
    /// </summary>
    public IPodRuntime? Pods { get; set; }

    /// <summary>The name of cluster and context in the kubeconfig. Default: <c>sandbox</c>.</summary>
    public string Name { get; set; } = "sandbox";
}
