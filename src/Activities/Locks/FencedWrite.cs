using k8s;
using Orchestrator.Activities.Targets;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Trust;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Orchestrator.Activities.Locks;

/// <summary>
/// The one way to a cluster that is changed: the cluster is the one of the plan, and the locks of the calling run are its own, read from
/// the cluster right before the write.
/// </summary>
/// <remarks>
/// A procedure whose target may be down, such as a restore, cannot read tokens there. None is declared so yet; where one is, its fence is
/// read from the store of evidence in <see cref="OpenAsync"/>, and two votes are required whatever the policy asks.
/// </remarks>
internal sealed class FencedWrite(KubernetesClients clients)
{
    // The guard waits three times as long before it gives away a lock that was left behind.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Opens the cluster of an act, and writes within 10 s of that, or not at all.</summary>
    /// <exception cref="ApplicationFailureException">It is another cluster, or the locks are not the run's own.</exception>
    /// <exception cref="TimeoutException">The time was up; the next try begins with the tokens.</exception>
    public async Task<T> WriteAsync<T>(
        IWarrantedAct act, Func<Cluster, IKubernetes, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, TimeProvider.System);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            (Cluster cluster, IKubernetes client) = await OpenAsync(act, either.Token);
            return await write(cluster, client, either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException(
                $"The write took more than {Limit.TotalSeconds:0} s, counted from reading the fencing tokens.", e);
        }
    }

    /// <summary>Opens the cluster of an act, for a write that takes longer and does no harm when it comes late.</summary>
    /// <exception cref="ApplicationFailureException">It is another cluster, or the locks are not the run's own.</exception>
    public async Task<(Cluster Cluster, IKubernetes Client)> OpenAsync(IWarrantedAct act, CancellationToken cancellationToken)
    {
        ActivityInfo? call = ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current.Info : null;
        if (act.Warrant is not { } warrant || call is not { IsWorkflowActivity: true })
        {
            throw new ApplicationFailureException(
                "An activity that changes a cluster needs a warrant and a run that holds the cluster's lock.",
                errorType: ReasonCodes.ActNotAllowed,
                nonRetryable: true);
        }

        (Cluster cluster, IKubernetes client) = clients.Of(act.Target);
        await ClusterIdentity.RequireAsync(cluster, client, warrant.Header.ClusterUid, cancellationToken);
        await FenceLeases.RequireAsync(client, act.Fences ?? [], (call.WorkflowId!, call.WorkflowRunId!), cancellationToken);
        return (cluster, client);
    }
}
