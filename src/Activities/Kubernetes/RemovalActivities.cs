using k8s;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Locks;
using Orchestrator.Activities.Targets;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.Kubernetes;
using Temporalio.Activities;

namespace Orchestrator.Activities.Kubernetes;

/// <summary>Removes pods and other objects under the tokens of a change.</summary>
internal sealed class RemovalActivities(FencedWrite fenced, AuditJournal journal) : IRemovalActivities
{
    /// <inheritdoc/>
    [Activity("EvictPod")]
    public Task<EvictPodResult> EvictPodAsync(EvictPodInput input) => Failures.TranslateAsync(async () =>
    {
        await journal.AppendAsync(input.Audit, ActivityCall.Token);
        return await fenced.WriteAsync(input, EvictAsync, ActivityCall.Token);

        async Task<EvictPodResult> EvictAsync(Cluster cluster, IKubernetes client, CancellationToken token)
        {
            EvictionResult result = await client.EvictAsync(
                input.Target.Namespace ?? cluster.DefaultNamespace, input.Pod, new DeleteOptions { Uid = input.Uid }, token);
            return new(result.Outcome != EvictionOutcome.Refused, result.Refusal);
        }
    });

    /// <inheritdoc/>
    [Activity("DeleteObject")]
    public Task<DeleteObjectResult> DeleteObjectAsync(DeleteObjectInput input) => Failures.TranslateAsync(async () =>
    {
        await journal.AppendAsync(input.Audit, ActivityCall.Token);
        return await fenced.WriteAsync(input, DeleteAsync, ActivityCall.Token);

        async Task<DeleteObjectResult> DeleteAsync(Cluster cluster, IKubernetes client, CancellationToken token)
        {
            ObjectReference obj = input.Object;
            try
            {
                ResourceType type = new(obj.Group, obj.Version, obj.Plural, obj.Namespace is not null);
                await client.DeleteAsync(type, obj.Namespace, obj.Name, new DeleteOptions { Uid = obj.Uid }, token);
                return new(Deleted: true);
            }
            catch (ApiException e) when (e.IsNotFound || (e.IsConflict && obj.Uid is not null))
            {
                // Gone, or another one has its name.
                return new(Deleted: false);
            }
        }
    });
}
