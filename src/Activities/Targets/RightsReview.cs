using k8s;
using k8s.Models;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Targets;

namespace Orchestrator.Activities.Targets;

/// <summary>Asks the cluster what the worker may do there, before a change is planned.</summary>
internal static class RightsReview
{
    /// <summary>The rights that are missing, one refusal each; empty where none is.</summary>
    /// <exception cref="ApiException">The server did not answer.</exception>
    public static async Task<IReadOnlyList<Refusal>> MissingAsync(
        IKubernetes client, ChangeTarget target, IReadOnlyList<AccessRight> rights, CancellationToken cancellationToken)
    {
        List<Refusal> missing = [];
        foreach (AccessRight right in rights)
        {
            string @namespace = right.Namespace ?? target.Namespace!;
            V1ResourceAttributes question = new()
            {
                Verb = right.Verb,
                Group = right.Group,
                Resource = right.Plural,
                Subresource = right.Subresource,
                NamespaceProperty = @namespace,
            };
            V1SubjectAccessReviewStatus review = await client.ReviewAccessAsync(question, cancellationToken);
            if (!review.Allowed)
            {
                missing.Add(Missing(right, @namespace, review.Reason ?? review.EvaluationError));
            }
        }

        return missing;
    }

    private static Refusal Missing(AccessRight right, string @namespace, string? reason)
    {
        string resource = right.ToString()[(right.Verb.Length + 1)..];
        return Refusal.Block(
            ReasonCodes.RbacMissing,
            $"Kubernetes denies {right} in namespace {@namespace} to the worker{(string.IsNullOrWhiteSpace(reason) ? "" : $": {reason}")}.",
            resource,
            howToResolve:
                $"kubectl create role orchestrator-{right.Verb}-{right.Plural} -n {@namespace} --verb={right.Verb} "
                + $"--resource={resource}, and bind it to the worker's identity.");
    }
}
