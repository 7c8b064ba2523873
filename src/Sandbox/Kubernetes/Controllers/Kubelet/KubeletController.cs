using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>The kubelets of all nodes: runs the pods that are bound to a node that is up, and removes those that are to go.</summary>
internal sealed class KubeletController(ControlContext context, ControlPlaneOptions options) : IController
{
    private static readonly GroupResource Nodes = ResourceType.Nodes;
    private static readonly GroupResource[] Mounted = [ResourceType.ConfigMaps, ResourceType.Secrets];

    private readonly Dictionary<string, NodeHost> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PodRun> _runs = new(StringComparer.Ordinal);
    private readonly HashSet<PodRun> _waiting = [];
    private int _addresses;

    public string Name => "kubelet";

    /// <summary>What is wrong with pods and images.</summary>
    public PodFaults Faults { get; } = new();

    public void Observe(StoreEvent change)
    {
        StoredObject obj = change.Object;
        if (obj.Key.Resource == PodCache.Resource)
        {
            ObservePod(change);
        }
        else if (obj.Key.Resource == Nodes && change.Type != StoreEventType.Modified)
        {
            ObserveNode(obj, isGone: change.Type == StoreEventType.Deleted);
        }
        else if (Mounted.Contains(obj.Key.Resource) && change.Type == StoreEventType.Added)
        {
            foreach (PodRun run in _waiting.Where(run => run.Pod.Namespace == obj.Namespace))
            {
                context.Loop.Enqueue(this, run.Pod.Key);
            }
        }
    }

    public void Reconcile(ObjectKey key)
    {
        if (context.Pods.Find(key) is not { Node: { } node } pod || !_hosts.TryGetValue(node, out NodeHost? host) || !host.IsUp)
        {
            return;
        }

        if (!_runs.TryGetValue(pod.Uid, out PodRun? run))
        {
            if (pod.HasEnded && !pod.IsTerminating)
            {
                return;
            }

            _runs[pod.Uid] = run = new PodRun(context, host, pod.Object, new PodPlace(host.Address, NextAddress()));
            if (!pod.IsTerminating)
            {
                run.Begin();
            }
        }

        run.Pod = pod.Object;
        if (pod.IsTerminating)
        {
            run.Terminate();
        }
        else if (run.WaitsForVolumes)
        {
            run.Mount();
        }

        Note(run);
    }

    /// <summary>The process of a pod; null where none runs.</summary>
    public PodRun? RunOf(ObjectKey pod) => context.Pods.Find(pod) is { } facts ? _runs.GetValueOrDefault(facts.Uid) : null;

    /// <summary>Looks again at everything that an image held up.</summary>
    public void RetryPulls()
    {
        foreach (PodRun run in _runs.Values.Where(run => run.Host.IsUp))
        {
            run.Retry();
        }
    }

    /// <summary>Switches a machine off: what ran on it is gone, and nothing more is heard of it.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void SwitchOff(string node)
    {
        NodeHost host = Host(node);
        host.IsUp = false;
        foreach (PodRun run in _runs.Values.Where(run => run.Host == host))
        {
            run.Drop();
        }
    }

    /// <summary>Switches a machine on again: it starts the pods that are still its.</summary>
    /// <exception cref="ArgumentException">There is no such node.</exception>
    public void SwitchOn(string node)
    {
        NodeHost host = Host(node);
        host.IsUp = true;
        foreach (PodFacts pod in context.Pods.OnNode(node).ToList())
        {
            if (_runs.TryGetValue(pod.Uid, out PodRun? run))
            {
                run.Pod = pod.Object;
                run.Resume();
                Note(run);
            }
            else
            {
                context.Loop.Enqueue(this, pod.Key);
            }
        }
    }

    private NodeHost Host(string node) =>
        _hosts.GetValueOrDefault(node) ?? throw new ArgumentException($"There is no node {node}.");

    private void ObservePod(StoreEvent change)
    {
        if (change.Type == StoreEventType.Deleted)
        {
            if (_runs.Remove(change.Object.Uid, out PodRun? run))
            {
                run.Drop();
                _waiting.Remove(run);
            }
        }
        else if (context.Pods.Find(change.Object.Key) is { Node: not null } pod)
        {
            if (_runs.TryGetValue(pod.Uid, out PodRun? run) && !pod.IsTerminating)
            {
                run.Pod = pod.Object;
            }
            else
            {
                context.Loop.Enqueue(this, pod.Key);
            }
        }
    }

    private void ObserveNode(StoredObject node, bool isGone)
    {
        if (!isGone)
        {
            string address = node.Status.Items("addresses").FirstOrDefault(each => each.Text("type") == "InternalIP").Text("address")
                ?? $"10.0.{_hosts.Count / 250}.{(_hosts.Count % 250) + 1}";
            _hosts.TryAdd(node.Name, new NodeHost(node.Name, address, options, Faults));
            foreach (PodFacts pod in context.Pods.OnNode(node.Name))
            {
                context.Loop.Enqueue(this, pod.Key);
            }

            return;
        }

        if (_hosts.Remove(node.Name, out NodeHost? host))
        {
            foreach (PodRun run in _runs.Values.Where(run => run.Host == host))
            {
                run.Drop();
            }
        }
    }

    private void Note(PodRun run)
    {
        if (run.WaitsForVolumes)
        {
            _waiting.Add(run);
        }
        else
        {
            _waiting.Remove(run);
        }
    }

    private string NextAddress()
    {
        int number = _addresses++;
        return $"10.244.{number / 250 % 250}.{(number % 250) + 1}";
    }
}
