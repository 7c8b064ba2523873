using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Kubelet;

/// <summary>What is wrong with pods and images as long as somebody wants it to be.</summary>
internal sealed class PodFaults
{
    private readonly HashSet<ObjectKey> _unready = [];
    private readonly HashSet<string> _unavailable = new(StringComparer.Ordinal);

    public bool IsUnready(ObjectKey pod) => _unready.Contains(pod);

    public void SetUnready(ObjectKey pod, bool isUnready)
    {
        if (isUnready)
        {
            _unready.Add(pod);
        }
        else
        {
            _unready.Remove(pod);
        }
    }

    /// <summary>Whether an image cannot be pulled, on any node, not even where it was pulled before.</summary>
    public bool IsUnavailable(string image) => _unavailable.Contains(image);

    public void SetUnavailable(string image, bool isUnavailable)
    {
        if (isUnavailable)
        {
            _unavailable.Add(image);
        }
        else
        {
            _unavailable.Remove(image);
        }
    }
}
