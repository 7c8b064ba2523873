using System.Globalization;
using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Caches;

/// <summary>What controllers ask of one state of a pod, read once for all of them.</summary>
internal sealed class PodFacts
{
    public PodFacts(StoredObject pod)
    {
        Object = pod;
        Phase = pod.Status.Text("phase") ?? "Pending";
        Node = pod.Spec.Text("nodeName") is { Length: > 0 } node ? node : null;
        IsTerminating = pod.IsBeingDeleted;
        Controller = OwnerReference.ControllerOf(pod);
        foreach (JsonElement condition in pod.Status.Items("conditions"))
        {
            if (condition.Text("type") == "Ready" && condition.Text("status") == "True")
            {
                ReadySince = condition.Time("lastTransitionTime") ?? DateTimeOffset.MinValue;
            }
        }
    }

    public StoredObject Object { get; }

    public ObjectKey Key => Object.Key;

    public string Name => Object.Name;

    public string Namespace => Object.Namespace!;

    public string Uid => Object.Uid;

    public IReadOnlyDictionary<string, string> Labels => Object.Labels;

    public string Phase { get; }

    /// <summary>The node that it is bound to; null where it is bound to none.</summary>
    public string? Node { get; }

    /// <summary>Whether its deletion was asked for.</summary>
    public bool IsTerminating { get; }

    /// <summary>The owner that manages it; null where nobody does.</summary>
    public OwnerReference? Controller { get; }

    /// <summary>Since when it is ready; null while it is not.</summary>
    public DateTimeOffset? ReadySince { get; }

    public bool IsReady => ReadySince is not null;

    /// <summary>Whether its containers have ended for good.</summary>
    public bool HasEnded => Phase is "Succeeded" or "Failed";

    public bool IsRunningAndReady => Phase == "Running" && IsReady;

    /// <summary>The number at the end of its name; -1 where there is none.</summary>
    public int Ordinal => Name.LastIndexOf('-') is >= 0 and int dash
        && int.TryParse(Name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) ? ordinal : -1;

    /// <summary>Whether it has been running and ready for a time.</summary>
    public bool IsAvailable(TimeSpan minReady, DateTimeOffset now) =>
        IsRunningAndReady && (minReady == TimeSpan.Zero || ReadySince + minReady <= now);
}
