using System.Net;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;

namespace Orchestrator.Activities.Targets;

/// <summary>Says which right is missing.</summary>
internal static class RbacRefusal
{
    public static Refusal Of(ApiException error, string verb, string resource) => Refusal.Block(
        ReasonCodes.RbacMissing,
        error.StatusCode == HttpStatusCode.Unauthorized
            ? $"Kubernetes does not accept the worker's credentials: {error.Message}"
            : $"Kubernetes denies {verb} on {resource}: {error.Message}",
        resource,
        howToResolve: error.StatusCode == HttpStatusCode.Unauthorized
            ? "Renew the credentials of the context."
            : $"Grant the verb {verb} on {resource} to the identity that the worker uses.");
}
