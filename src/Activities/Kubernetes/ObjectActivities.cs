using k8s;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Locks;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Changes single fields of Kubernetes objects.</summary>
internal sealed class ObjectActivities(KubernetesClients clients, ObjectPatcher patcher, FencedWrite fenced, AuditJournal journal) : IObjectActivities
{
    /// <inheritdoc/>
    [Activity("PatchObject")]
    public Task<PatchObjectResult> PatchObjectAsync(PatchObjectInput input) => Failures.TranslateAsync(async () =>
    {
        await journal.AppendAsync(input.Audit, ActivityCall.Token);
        (_, IKubernetes client) = clients.Of(input.Target);
        IReadOnlyList<Fence> fences = input.Fences ?? [];
        return await fenced.WriteAsync(
            client, fences, token => patcher.PatchAsync(client, input, token), ActivityCall.Token);
    });
}
