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

    /// <summary>What runs in the containers of the pods. Default: nothing; logs are empty, and no command is known.</summary>
    public IPodRuntime Pods { get; set; } = new NoPodRuntime();

    /// <summary>The name of cluster and context in the kubeconfig. Default: <c>sandbox</c>.</summary>
    public string Name { get; set; } = "sandbox";
}
