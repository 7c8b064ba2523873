using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Confluent;

namespace Orchestrator.Activities.Confluent;

/// <summary>Finds out whether a GitOps controller applies a resource, and whether it reverts what others change.</summary>
internal static class GitOwnerReader
{
    private static readonly ResourceType Applications = new("argoproj.io", "v1alpha1", "applications", true);
    private static readonly ResourceType Kustomizations = new("kustomize.toolkit.fluxcd.io", "v1", "kustomizations", true);
    private static readonly ResourceType HelmReleases = new("helm.toolkit.fluxcd.io", "v2", "helmreleases", true);

    /// <summary>The owner; null where there is none. Whether it heals is null where its object cannot be read.</summary>
    public static async Task<GitOwner?> ReadAsync(IKubernetes client, JsonObject resource, CancellationToken cancellationToken)
    {
        if (Claim.Of(resource) is not { } claim)
        {
            return null;
        }

        GitOwner owner = new(claim.System, claim.Application, SelfHeals: null, claim.SeenBy);
        if (claim.Name is null)
        {
            return owner;
        }

        try
        {
            JsonObject? application = await client.FindAsync(claim.Type, claim.Namespace, claim.Name, cancellationToken);
            return owner with { SelfHeals = application is null ? null : SelfHeals(claim.Type, resource, application) };
        }
        catch (ApiException)
        {
            // Whether it heals is then not known, which counts as if it did.
            return owner;
        }
    }

    /// <summary>Whether a controller reverts what others change.</summary>
    internal static bool SelfHeals(ResourceType type, JsonObject resource, JsonObject application)
    {
        JsonNode? spec = application["spec"];
        if (type == Applications)
        {
            JsonNode? automated = spec?["syncPolicy"]?["automated"];
            return IsTrue(automated?["selfHeal"]) && automated?["enabled"]?.GetValue<bool>() != false;
        }

        bool runs = !IsTrue(spec?["suspend"]);
        return type == HelmReleases
            ? runs && spec?["driftDetection"]?["mode"]?.GetValue<string>() == "enabled"
            : runs && resource.Annotation("kustomize.toolkit.fluxcd.io/reconcile") != "disabled";
    }

    private static bool IsTrue(JsonNode? value) => value?.GetValue<bool>() == true;

    /// <summary>What a resource says of who applies it.</summary>
    internal sealed record Claim(string System, ResourceType Type, string? Namespace, string? Name, string SeenBy)
    {
        private const string ArgoCd = "Argo CD";
        private const string ArgoNamespace = "argocd";
        private const string ArgoTracking = "argocd.argoproj.io/tracking-id";
        private const string ArgoLabel = "argocd.argoproj.io/instance";

        public string? Application => Name is null ? null : $"{Type.Plural}.{Type.Group} {Namespace}/{Name}";

        /// <summary>The claim: by annotation or label, else by who wrote its fields; null where there is none.</summary>
        public static Claim? Of(JsonObject resource) =>
            resource.Annotation(ArgoTracking) is { } tracked ? Argo(tracked.Split(':')[0], $"annotation {ArgoTracking}")
            : resource.Label(ArgoLabel) is { } instance ? Argo(instance, $"label {ArgoLabel}")
            : Flux(resource, Kustomizations) ?? Flux(resource, HelmReleases) ?? ByManager(resource);

        // An application of another namespace than the controller's carries it before its name.
        private static Claim Argo(string application, string seenBy) =>
            application.Split('_') is [{ Length: > 0 } space, { Length: > 0 } name]
            ? new(ArgoCd, Applications, space, name, seenBy)
            : new(ArgoCd, Applications, ArgoNamespace, application, seenBy);

        private static Claim? Flux(JsonObject resource, ResourceType type) => resource.Label($"{type.Group}/name") is { } name
            ? new("Flux", type, resource.Label($"{type.Group}/namespace"), name, $"label {type.Group}/name")
            : null;

        private static Claim? ByManager(JsonObject resource) => Managers(resource)
            .Select(manager => manager switch
            {
                "argocd-controller" or "argocd-application-controller" =>
                    new Claim(ArgoCd, Applications, null, null, $"field manager {manager}"),
                "kustomize-controller" => new Claim("Flux", Kustomizations, null, null, $"field manager {manager}"),
                "helm-controller" => new Claim("Flux", HelmReleases, null, null, $"field manager {manager}"),
                _ => null,
            })
            .FirstOrDefault(claim => claim is not null);

        private static IEnumerable<string?> Managers(JsonObject resource) =>
            (resource["metadata"]?["managedFields"]?.AsArray() ?? []).Select(entry => entry?["manager"]?.GetValue<string>());
    }
}
