using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Kubernetes;
using Orchestrator.Sandbox.Kubernetes.Controllers.Caches;
using Orchestrator.Sandbox.Kubernetes.Controllers.Events;
using Orchestrator.Sandbox.Kubernetes.Controllers.Loop;
using Orchestrator.Sandbox.Kubernetes.Errors;

namespace Orchestrator.Sandbox.Kubernetes.Controllers.StatefulSets;

/// <summary>Makes and deletes the pods of StatefulSets, with the claims that keep their data, and tells of it.</summary>
internal sealed class StatefulPods(ControlContext context)
{
    public const string RevisionLabel = "controller-revision-hash";
    private const string NameLabel = "statefulset.kubernetes.io/pod-name";
    private const string IndexLabel = "apps.kubernetes.io/pod-index";
    private static readonly EventSource Source = new("statefulset-controller");

    /// <summary>Creates a pod of a revision, its claims first.</summary>
    /// <exception cref="StatusException">The API refuses it; an event has told so.</exception>
    public void Create(StatefulSet set, Revision revision, int ordinal)
    {
        string name = set.PodName(ordinal);
        try
        {
            CreateMissingClaims(set, ordinal);
            context.Api.Create(ResourceType.Pods, Render(set, revision, ordinal));
        }
        catch (StatusException e) when (!e.IsAlreadyExists)
        {
            context.Events.Warning(
                Source, set.Object, "FailedCreate", $"create Pod {name} in StatefulSet {set.Name} failed error: {e.Message}");
            throw;
        }

        context.Events.Normal(Source, set.Object, "SuccessfulCreate", $"create Pod {name} in StatefulSet {set.Name} successful");
    }

    /// <summary>Creates the claims of a pod that are not there.</summary>
    /// <exception cref="StatusException">The API refuses one; an event has told so.</exception>
    public void CreateMissingClaims(StatefulSet set, int ordinal)
    {
        foreach (JsonElement template in set.ClaimTemplates)
        {
            string claim = set.ClaimName(template, ordinal);
            if (context.Store.Find(ResourceType.PersistentVolumeClaims, set.Namespace, claim) is not null)
            {
                continue;
            }

            string pod = set.PodName(ordinal);
            try
            {
                context.Api.Create(ResourceType.PersistentVolumeClaims, RenderClaim(set, template, ordinal));
            }
            catch (StatusException e) when (!e.IsAlreadyExists)
            {
                context.Events.Warning(
                    Source,
                    set.Object,
                    "FailedCreate",
                    $"create Claim {claim} for Pod {pod} in StatefulSet {set.Name} failed error: {e.Message}");
                throw;
            }

            context.Events.Normal(
                Source, set.Object, "SuccessfulCreate", $"create Claim {claim} Pod {pod} in StatefulSet {set.Name} success");
        }
    }

    /// <summary>Asks for a pod's deletion.</summary>
    public void Delete(StatefulSet set, PodFacts pod)
    {
        context.Delete(pod.Object);
        context.Events.Normal(Source, set.Object, "SuccessfulDelete", $"delete Pod {pod.Name} in StatefulSet {set.Name} successful");
    }

    /// <summary>Tells that a pod that ended by itself is going to be replaced.</summary>
    public void TellOfReplacement(StatefulSet set, PodFacts pod)
    {
        string which = $"StatefulSet {set.Namespace}/{set.Name} is recreating";
        if (pod.Phase == "Failed")
        {
            context.Events.Warning(Source, set.Object, "RecreatingFailedPod", $"{which} failed Pod {pod.Name}");
        }
        else
        {
            context.Events.Normal(Source, set.Object, "RecreatingTerminatedPod", $"{which} terminated Pod {pod.Name}");
        }
    }

    /// <summary>Has a set manage a pod that fits and that nobody manages.</summary>
    public void Adopt(StatefulSet set, PodFacts pod) => context.Api.Update(pod.Key, obj =>
    {
        obj.Part("metadata").List("ownerReferences").Add((JsonNode)OwnerReference.ToController(set.Object));
        return true;
    });

    private static JsonObject Render(StatefulSet set, Revision revision, int ordinal)
    {
        JsonObject template = revision.Template;
        JsonObject metadata = template.Part("metadata");
        metadata.Remove("creationTimestamp");
        metadata["name"] = set.PodName(ordinal);
        metadata["generateName"] = $"{set.Name}-";
        metadata["namespace"] = set.Namespace;
        metadata["ownerReferences"] = new JsonArray(OwnerReference.ToController(set.Object));
        JsonObject labels = metadata.Part("labels");
        labels[IndexLabel] = $"{ordinal}";
        labels[RevisionLabel] = revision.Name;
        labels[NameLabel] = set.PodName(ordinal);
        JsonObject spec = template.Part("spec");
        spec["hostname"] = set.PodName(ordinal);
        if (set.Object.Spec.Text("serviceName") is { Length: > 0 } service)
        {
            spec["subdomain"] = service;
        }

        SetClaims(set, spec, ordinal);
        return new JsonObject
        {
            ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata.DeepClone(), ["spec"] = spec.DeepClone(),
        };
    }

    // A volume of a claim template takes the place of one of the same name in the pod template.
    private static void SetClaims(StatefulSet set, JsonObject spec, int ordinal)
    {
        JsonArray volumes = [];
        HashSet<string> claimed = [];
        foreach (JsonElement template in set.ClaimTemplates)
        {
            string name = template.Text("metadata", "name")!;
            claimed.Add(name);
            volumes.Add((JsonNode)new JsonObject
            {
                ["name"] = name,
                ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = set.ClaimName(template, ordinal) },
            });
        }

        foreach (JsonNode? volume in spec["volumes"] as JsonArray ?? [])
        {
            if (!claimed.Contains((string?)volume!["name"] ?? ""))
            {
                volumes.Add(volume.DeepClone());
            }
        }

        if (volumes.Count > 0)
        {
            spec["volumes"] = volumes;
        }
    }

    private static JsonObject RenderClaim(StatefulSet set, JsonElement template, int ordinal)
    {
        JsonObject claim = (JsonObject)template.Copy();
        claim.Remove("status");
        claim["apiVersion"] = "v1";
        claim["kind"] = "PersistentVolumeClaim";
        JsonObject metadata = claim.Part("metadata");
        metadata.Remove("creationTimestamp");
        metadata["name"] = set.ClaimName(template, ordinal);
        metadata["namespace"] = set.Namespace;
        foreach ((string name, string value) in set.Object.Spec.Texts("selector", "matchLabels"))
        {
            metadata.Part("labels")[name] = value;
        }

        if (set.DeletesClaimsWithSet)
        {
            JsonObject owner = OwnerReference.ToController(set.Object);
            owner.Remove("blockOwnerDeletion");
            metadata["ownerReferences"] = new JsonArray(owner);
        }

        return claim;
    }
}
