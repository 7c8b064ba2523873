using k8s;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl.Locks;

namespace Orchestrator.Activities.Locks;

/// <summary>Writes under fencing tokens.</summary>
internal sealed class FencedWrite(TimeProvider timeProvider)
{
    // The guard waits three times as long before it gives away a lock that was left behind.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Makes sure that no newer token is on the cluster, and writes within 10 s of that, or not at all.</summary>
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException">A newer token is there.</exception>
    /// <exception cref="TimeoutException">The time was up; the next try begins with the token.</exception>
    public async Task<T> WriteAsync<T>(
        IKubernetes client, IReadOnlyList<Fence> fences, Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(Limit, timeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await FenceLeases.RequireAsync(client, fences, either.Token);
            return await write(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"From reading the fencing token to the end of the write took more than {Limit.TotalSeconds:0} s.", e);
        }
    }
}
