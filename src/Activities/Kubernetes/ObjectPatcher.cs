using System.Net;
using System.Text.Json.Nodes;
using k8s;
using Orchestrator.Activities.Locks;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Brings fields of one object from their planned values to their new ones.</summary>
internal sealed class ObjectPatcher(Waits waits)
{
    private const int Attempts = 10;

    // Status writers come between several times a second at most.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Does it: reads, writes what is not as wanted yet on the condition that it is as planned, and reads again. The fence is left on what
    /// is written.
    /// </summary>
    /// <exception cref="ApplicationFailureException">
    /// A field is neither as planned nor as wanted, or is another's, or the object is another one.
    /// </exception>
    /// <exception cref="ApiException">A call failed.</exception>
    public async Task<PatchObjectResult> PatchAsync(IKubernetes client, PatchObjectInput input, CancellationToken cancellationToken)
    {
        ObjectReference reference = input.Object;
        ResourceType type = new(reference.Group, reference.Version, reference.Plural, reference.Namespace is not null);
        ApiException? refused = null;
        bool changed = false;
        for (int attempt = 1; attempt <= Attempts; attempt++)
        {
            JsonObject obj = await client.GetAsync(type, reference.Namespace, reference.Name, cancellationToken);
            IReadOnlyList<PointerChange> open = PatchPlan.Open(obj, input);
            if (open.Count == 0)
            {
                return new(changed, obj.Generation());
            }

            if (refused is not null)
            {
                // All is as planned, so it was not a test that failed: the API server does not accept the change itself.
                throw refused;
            }

            if (input.Fences is { Count: > 0 } fences)
            {
                open = [.. open, FenceMark.On(reference, obj, fences[^1])];
            }

            try
            {
                await client.JsonPatchAsync(
                    type, reference.Namespace, reference.Name, ConditionalPatch.Of(obj, open), null, cancellationToken);
                changed = true;
            }
            catch (ApiException e) when (e.StatusCode == HttpStatusCode.UnprocessableEntity)
            {
                refused = e;
            }
            catch (ApiException e) when (e.StatusCode == HttpStatusCode.Conflict)
            {
                await waits.For(Pause, cancellationToken);
            }
        }

        throw new ApplicationFailureException(
            $"{reference} changed during each of {Attempts} attempts to patch it.",
            errorType: KubernetesCodes.KubernetesUnavailable);
    }
}
