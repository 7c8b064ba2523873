using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Scheduling;

/// <summary>The claims of a pod that is to be scheduled: which are bound, and which wait for a node to be chosen.</summary>
internal sealed class ClaimedVolumes
{
    private const string SelectedNode = "volume.kubernetes.io/selected-node";

    private readonly List<StoredObject> _volumes = [];
    private readonly List<StoredObject> _waiting = [];
    private readonly string? _selected;

    public ClaimedVolumes(PodFacts pod, ObjectStore store)
    {
        foreach (JsonElement volume in pod.Object.Spec.Items("volumes"))
        {
            if (volume.Text("persistentVolumeClaim", "claimName") is not { } name)
            {
                continue;
            }

            if (store.Find(ResourceType.PersistentVolumeClaims, pod.Namespace, name) is not { } claim)
            {
                Failure ??= $"persistentvolumeclaim \"{name}\" not found";
            }
            else if (claim.IsBeingDeleted)
            {
                Failure ??= $"persistentvolumeclaim \"{name}\" is being deleted";
            }
            else if (claim.Status.Text("phase") == "Bound" && claim.Spec.Text("volumeName") is { } bound)
            {
                if (store.Find(ResourceType.PersistentVolumes, null, bound) is { } found)
                {
                    _volumes.Add(found);
                }
            }
            else if (WaitsForConsumer(claim, store))
            {
                _waiting.Add(claim);
                _selected = claim.Metadata.Text("annotations", SelectedNode) ?? _selected;
            }
            else
            {
                Failure ??= "pod has unbound immediate PersistentVolumeClaims";
            }
        }
    }

    /// <summary>Why the pod can go nowhere; null where it can.</summary>
    public string? Failure { get; }

    /// <summary>Whether every claim is bound.</summary>
    public bool AreBound => _waiting.Count == 0;

    /// <summary>Whether a claim is bound only once a pod that uses it has a node.</summary>
    public static bool WaitsForConsumer(StoredObject claim, ObjectStore store) =>
        claim.Spec.Text("storageClassName") is { Length: > 0 } name
        && store.Find(ResourceType.StorageClasses, null, name) is { } found
        && found.Json.Text("volumeBindingMode") == "WaitForFirstConsumer";

    /// <summary>The node that was chosen for a claim; null where none was.</summary>
    public static string? NodeChosenFor(StoredObject claim) => claim.Metadata.Text("annotations", SelectedNode);

    /// <summary>Why the pod cannot go to a node; null where it can.</summary>
    public NodeRefusal? Refusal(NodeFacts node)
    {
        foreach (StoredObject volume in _volumes)
        {
            List<JsonElement> terms = [.. volume.Spec.Items("nodeAffinity", "required", "nodeSelectorTerms")];
            if (terms.Count > 0 && !terms.Exists(term => NodeTerms.Match(term, node)))
            {
                return new NodeRefusal("node(s) didn't match PersistentVolume's node affinity", true);
            }
        }

        return _selected is not null && _selected != node.Name
            ? new NodeRefusal("node(s) didn't match PersistentVolume's node affinity", true)
            : null;
    }

    /// <summary>Has the waiting claims bound for a node.</summary>
    public void Choose(string node, ControlContext context)
    {
        foreach (StoredObject claim in _waiting)
        {
            context.Api.Update(claim.Key, obj =>
            {
                JsonObject annotations = obj.Part("metadata").Part("annotations");
                bool isNew = (string?)annotations[SelectedNode] != node;
                annotations[SelectedNode] = node;
                return isNew;
            });
        }
    }
}
