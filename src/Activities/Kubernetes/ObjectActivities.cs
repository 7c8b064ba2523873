using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Changes single fields of Kubernetes objects.</summary>
internal sealed class ObjectActivities(KubernetesClients clients, ObjectPatcher patcher) : IObjectActivities
{
    /// <inheritdoc/>
    [Activity("PatchObject")]
    public Task<PatchObjectResult> PatchObjectAsync(PatchObjectInput input) => Failures.TranslateAsync(() =>
    {
        (_, KubernetesClient client) = clients.Of(input.Target);
        return patcher.PatchAsync(client, input.Object, input.Changes, ActivityCall.Token);
    });
}
