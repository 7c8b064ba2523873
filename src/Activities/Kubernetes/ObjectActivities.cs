using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Locks;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Changes single fields of Kubernetes objects.</summary>
internal sealed class ObjectActivities(ObjectPatcher patcher, FencedWrite fenced, AuditJournal journal) : IObjectActivities
{
    /// <inheritdoc/>
    [Activity("PatchObject")]
    public Task<PatchObjectResult> PatchObjectAsync(PatchObjectInput input) => Failures.TranslateAsync(async () =>
    {
        await journal.AppendAsync(input.Audit, ActivityCall.Token);
        return await fenced.WriteAsync(input, (_, client, token) => patcher.PatchAsync(client, input, token), ActivityCall.Token);
    });
}
