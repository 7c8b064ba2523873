using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Api;
using Orchestrator.Sandbox.Kubernetes.Controllers.Deployments;
using Orchestrator.Sandbox.Kubernetes.Controllers.Disruption;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Faults;
using Orchestrator.Sandbox.Kubernetes.Controllers.Garbage;
using Orchestrator.Sandbox.Kubernetes.Controllers.Jobs;
using Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Controllers.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Quotas;
using Orchestrator.Sandbox.Kubernetes.Controllers.ReplicaSets;
using Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;
using Orchestrator.Sandbox.Kubernetes.Controllers.Services;
using Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;
using Orchestrator.Sandbox.Kubernetes.Controllers.Volumes;
using Orchestrator.Sandbox.Time;

namespace Orchestrator.Sandbox.Kubernetes.Controllers;

/// <summary>
/// What makes a cluster of an API: the controllers, the scheduler and the nodes that run pods, all in this process, on the clock of the
/// box. They act on what they are told and on alarms, never on a period, and the clock waits for them.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private readonly KubernetesApi _api;
    private readonly BoxTime _time;
    private readonly ControlLoop _loop;

    private ControlPlane(KubernetesApi api, BoxTime time, ControlPlaneOptions options)
    {
        (_api, _time) = (api, time);
        _loop = new ControlLoop(api.Store, time);
        ControlContext context = new(api, _loop, new EventRecorder(api));
        NodeCache nodes = new(_loop.Pods);
        KubeletController kubelets = new(context, options);
        NodeLifecycle lifecycle = new(context);
        Faults = new ClusterFaults(context, kubelets, lifecycle);
        _loop.Add(new StatefulSetController(context));
        _loop.Add(new DeploymentController(context));
        _loop.Add(new ReplicaSetController(context));
        _loop.Add(new JobController(context));
        _loop.Add(new BudgetController(context));
        _loop.Add(new ClaimController(context, options));
        _loop.Add(new QuotaController(context));
        _loop.Add(new Scheduler(context, nodes));
        _loop.Add(new EndpointSliceController(context, nodes));
        _loop.Add(lifecycle);
        _loop.Add(new TaintEviction(context, nodes));
        _loop.Add(new GarbageCollector(context));
        _loop.Add(kubelets);
    }

    /// <summary>What can go wrong with pods and nodes.</summary>
    public ClusterFaults Faults { get; }

    /// <summary>Ends with the control plane; fails where something happened that no controller expected.</summary>
    public Task Completion => _loop.Completion;

    /// <summary>Starts the controllers of a cluster.</summary>
    public static ControlPlane Start(KubernetesApi api, BoxTime time, ControlPlaneOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(time);
        ControlPlane plane = new(api, time, options ?? new ControlPlaneOptions());
        plane._loop.Start();
        return plane;
    }

    /// <summary>Adds machines, <c>node-0</c> and so on, over zones in turn.</summary>
    /// <param name="count">How many.</param>
    /// <param name="zones">The zones. Default: three, <c>zone-a</c> to <c>zone-c</c>.</param>
    public void AddNodes(int count, IReadOnlyList<string>? zones = null)
    {
        zones ??= ["zone-a", "zone-b", "zone-c"];
        WriteOptions kubelet = new() { FieldManager = "kubelet" };
        for (int number = 0; number < count; number++)
        {
            JsonObject node = NodeObjects.Render($"node-{number}", zones[number % zones.Count], _time.Now);
            JsonNode status = node["status"]!.DeepClone();
            _api.UpdateStatus(
                _api.Create(ResourceType.Nodes, node, kubelet).Key,
                obj =>
                {
                    obj["status"] = status;
                    return true;
                },
                kubelet);
        }
    }

    /// <summary>Adds the default storage class, whose volumes are made as they are claimed.</summary>
    public void AddStorageClass(string name = "standard") => _api.Create(ResourceType.StorageClasses, new JsonObject
    {
        ["apiVersion"] = "storage.k8s.io/v1",
        ["kind"] = "StorageClass",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["annotations"] = new JsonObject { ["storageclass.kubernetes.io/is-default-class"] = "true" },
        },
        ["provisioner"] = "sandbox.csi.orchestrator",
        ["reclaimPolicy"] = "Delete",
        ["volumeBindingMode"] = "WaitForFirstConsumer",
        ["allowVolumeExpansion"] = true,
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _loop.DisposeAsync();
}
