using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Storage;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.Deployments;

/// <summary>What a Deployment asks for, with the defaults of the API.</summary>
internal sealed record Deployment(StoredObject Object)
{
    public const string HashLabel = "pod-template-hash";
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";
    private static readonly JsonElement Quarter = JsonElement.Parse("\"25%\"");

    public string Name => Object.Name;

    public int Replicas { get; } = (int)(Object.Spec.Number("replicas") ?? 1);

    public bool IsPaused { get; } = Object.Spec.Flag("paused");

    /// <summary>Whether the old pods go before the new ones come.</summary>
    public bool Recreates { get; } = Object.Spec.Text("strategy", "type") == "Recreate";

    public int MaxSurge => Recreates ? 0 : Percentage.Of(Rolling("maxSurge"), Replicas, roundsUp: true);

    /// <summary>How many pods may be missing; 1 where neither it nor the surge would let anything happen.</summary>
    public int MaxUnavailable => Recreates ? Replicas
        : Percentage.Of(Rolling("maxUnavailable"), Replicas, roundsUp: false) is var share && share == 0 && MaxSurge == 0 ? 1
        : Math.Min(share, Replicas);

    public TimeSpan ProgressDeadline { get; } = TimeSpan.FromSeconds(Object.Spec.Number("progressDeadlineSeconds") ?? 600);

    public int RevisionHistoryLimit { get; } = (int)(Object.Spec.Number("revisionHistoryLimit") ?? 10);

    /// <summary>The template as it is compared: without the label that the controller adds.</summary>
    public JsonObject Template => Bare(Object);

    /// <summary>The template of a replica set, as it was in its deployment.</summary>
    public static JsonObject Bare(StoredObject owner)
    {
        JsonObject template = (JsonObject)owner.Spec.At("template")!.Value.Copy();
        (template["metadata"]?["labels"] as JsonObject)?.Remove(HashLabel);
        return template;
    }

    private JsonElement Rolling(string field) => Object.Spec.At("strategy", "rollingUpdate", field) ?? Quarter;
}
