using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Nodes;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Faults;

/// <summary>
/// What can go wrong with the pods and nodes of a cluster in the box, on demand. Each call is done when it returns, and what follows from
/// it goes its way on the clock of the box.
/// </summary>
public sealed class ClusterFaults
{
    private static readonly WriteOptions KubeletWriter = new() { FieldManager = "kubelet" };

    private readonly ControlContext _context;
    private readonly KubeletController _kubelets;
    private readonly NodeLifecycle _lifecycle;

    internal ClusterFaults(ControlContext context, KubeletController kubelets, NodeLifecycle lifecycle) =>
        (_context, _kubelets, _lifecycle) = (context, kubelets, lifecycle);

    /// <summary>Kills the process of a pod, as the kernel does that is short of memory; the container is started again.</summary>
    /// <exception cref="ArgumentException">No such pod runs.</exception>
    public Task KillPodAsync(string @namespace, string pod) => DoAsync($"pod {@namespace}/{pod} is killed", () =>
    {
        if (_kubelets.RunOf(Key(@namespace, pod)) is not { HasProcess: true } run)
        {
            throw new ArgumentException($"No pod {@namespace}/{pod} runs.");
        }

        run.Kill(exitCode: 137);
    });

    /// <summary>Keeps the pods of a name unready, those to come included, until <see cref="LetReadyAsync"/>.</summary>
    public Task KeepUnreadyAsync(string @namespace, string pod) => SetUnreadyAsync(@namespace, pod, isUnready: true);

    /// <summary>Lets the pods of a name be ready again.</summary>
    public Task LetReadyAsync(string @namespace, string pod) => SetUnreadyAsync(@namespace, pod, isUnready: false);

    /// <summary>
    /// Switches the machine of a node off, with everything that runs on it. Its pods are not ready 50 s later, and are deleted when they
    /// have not tolerated that for longer (5 min, unless they say something else).
    /// </summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Task SwitchOffAsync(string node) => DoAsync($"node {node} is switched off", () =>
    {
        _kubelets.SwitchOff(node);
        _lifecycle.Lose(node);
    });

    /// <summary>Switches a machine on again; it starts the pods that are still its, and removes those that are to go.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Task SwitchOnAsync(string node) => DoAsync($"node {node} is switched on", () =>
    {
        _lifecycle.Hear(node);
        _kubelets.SwitchOn(node);
        SetCondition(node, "Ready", "True", "KubeletReady", "kubelet is posting ready status");
        foreach ((string type, string reason, string message) in NodeObjects.Healthy)
        {
            SetCondition(node, type, "False", reason, message);
        }
    });

    /// <summary>Fills the disk of a node: no further pod is put there until <see cref="FreeDiskAsync"/>.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Task FillDiskAsync(string node) => DoAsync($"the disk of node {node} is full", () =>
        SetCondition(node, "DiskPressure", "True", "KubeletHasDiskPressure", "kubelet has disk pressure"));

    /// <summary>Makes room on the disk of a node.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public Task FreeDiskAsync(string node) => DoAsync($"the disk of node {node} has room", () =>
        SetCondition(node, "DiskPressure", "False", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"));

    /// <summary>Has no node pull an image, nor use one of the name that it has, until <see cref="LetPullAsync"/>.</summary>
    /// <param name="image">The image as pods name it.</param>
    public Task KeepFromPullingAsync(string image) =>
        DoAsync($"image {image} cannot be pulled", () => _kubelets.Faults.SetUnavailable(image, true));

    /// <summary>Lets an image be pulled again, and has those tried again that it was held up for.</summary>
    public Task LetPullAsync(string image) => DoAsync($"image {image} can be pulled", () =>
    {
        _kubelets.Faults.SetUnavailable(image, false);
        _kubelets.RetryPulls();
    });

    private Task SetUnreadyAsync(string @namespace, string pod, bool isUnready) =>
        DoAsync($"pod {@namespace}/{pod} is {(isUnready ? "kept unready" : "let be ready")}", () =>
        {
            _kubelets.Faults.SetUnready(Key(@namespace, pod), isUnready);
            _kubelets.RunOf(Key(@namespace, pod))?.LookAtReadiness();
        });

    private void SetCondition(string node, string type, string status, string reason, string message)
    {
        ObjectKey key = new(ResourceType.Nodes, null, node);
        if (_context.Store.Find(key) is null)
        {
            throw new ArgumentException($"There is no node {node}.");
        }

        _context.UpdateStatus(key, obj => Conditions.Set(obj, type, status, reason, message, _context.Now), KubeletWriter);
    }

    private Task DoAsync(string what, Action act) => _context.Loop.InvokeAsync(what, act);

    private static ObjectKey Key(string @namespace, string pod) => new(ResourceType.Pods, @namespace, pod);
}
