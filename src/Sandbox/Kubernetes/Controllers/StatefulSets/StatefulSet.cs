using System.Text.Json;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>What a StatefulSet asks for, with the defaults of the API.</summary>
internal sealed record StatefulSet(StoredObject Object)
{
    public string Name => Object.Name;

    public string Namespace => Object.Namespace!;

    public string Uid => Object.Uid;

    public bool IsBeingDeleted => Object.IsBeingDeleted;

    public int Replicas { get; } = (int)(Object.Spec.Number("replicas") ?? 1);

    /// <summary>The first ordinal.</summary>
    public int Start { get; } = (int)(Object.Spec.Number("ordinals", "start") ?? 0);

    /// <summary>Whether pods are started and stopped without waiting for one another.</summary>
    public bool IsParallel { get; } = Object.Spec.Text("podManagementPolicy") == "Parallel";

    /// <summary>Whether outdated pods stay until somebody else deletes them.</summary>
    public bool UpdatesOnDelete { get; } = Object.Spec.Text("updateStrategy", "type") == "OnDelete";

    /// <summary>The first ordinal that a rolling update replaces.</summary>
    public int Partition { get; } = (int)(Object.Spec.Number("updateStrategy", "rollingUpdate", "partition") ?? 0);

    public TimeSpan MinReady { get; } = TimeSpan.FromSeconds(Object.Spec.Number("minReadySeconds") ?? 0);

    public int RevisionHistoryLimit { get; } = (int)(Object.Spec.Number("revisionHistoryLimit") ?? 10);

    /// <summary>Whether the claims of pods that a smaller set no longer has are deleted.</summary>
    public bool DeletesClaimsOfScaledDown { get; } =
        Object.Spec.Text("persistentVolumeClaimRetentionPolicy", "whenScaled") == "Delete";

    /// <summary>Whether the claims go with the set.</summary>
    public bool DeletesClaimsWithSet { get; } = Object.Spec.Text("persistentVolumeClaimRetentionPolicy", "whenDeleted") == "Delete";

    public LabelSelector Selector { get; } = LabelSelector.Of(Object.Spec.At("selector") ?? default);

    public IEnumerable<JsonElement> ClaimTemplates => Object.Spec.Items("volumeClaimTemplates");

    public string PodName(int ordinal) => $"{Name}-{ordinal}";

    public string ClaimName(JsonElement template, int ordinal) => $"{template.Text("metadata", "name")}-{Name}-{ordinal}";

    /// <summary>Whether a pod's name is one that a set of this name gives; its number may be beyond what is asked for.</summary>
    public bool IsMember(PodFacts pod) => pod.Ordinal >= 0 && pod.Name == PodName(pod.Ordinal);
}
