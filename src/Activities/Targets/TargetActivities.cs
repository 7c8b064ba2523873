using System.Net;
using k8s;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Evidence;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Targets;
using Temporalio.Activities;

namespace Orchestrator.Activities.Targets;

/// <summary>Reads what a change is aimed at.</summary>
internal sealed class TargetActivities(
    IOptions<InventoryOptions> options, KubernetesClients clients, AlertPrecheck alerts, EvidenceFolder evidence, TimeProvider timeProvider) : ITargetActivities
{
    private const int Tries = 3;
    private static readonly TimeSpan TryLimit = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    [Activity("ResolveTarget")]
    public Task<ResolvedTarget> ResolveTargetAsync(ResolveTargetInput input) => Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        ResolvedTarget resolved = await ResolveAsync(input, ActivityCall.Token);
        return evidence.Refuse() is { } refusal ? resolved with { Refusals = [.. resolved.Refusals, refusal] } : resolved;
    }));

    /// <inheritdoc/>
    [Activity("ReadPolicy")]
    public Task<ChangePolicy> ReadPolicyAsync() => Task.FromResult(PolicyReading.Of(options.Value));

    private async Task<ResolvedTarget> ResolveAsync(ResolveTargetInput input, CancellationToken cancellationToken)
    {
        ChangePolicy policy = PolicyReading.Of(options.Value);
        try
        {
            (Cluster cluster, IKubernetes client) = clients.Of(input.Target);
            ChangeTarget target = input.Target with { Namespace = input.Target.Namespace ?? cluster.DefaultNamespace };
            return await UnreachableAsync(cluster, client, cancellationToken) is { } refusal
                ? new(target, "", policy, [refusal])
                : await IdentifyAsync(new(target, cluster, client, input.Rights ?? []), policy, cancellationToken);
        }
        catch (UnknownClusterException e)
        {
            return new(input.Target, "", policy, [Unknown(e)]);
        }
        catch (KubeconfigException e)
        {
            return new(input.Target, "", policy, [Refusal.Unknown(ReasonCodes.TargetUnreachable, e.Message, $"cluster {input.Target.Context}")]);
        }
    }

    private static Refusal Unknown(UnknownClusterException e) => Refusal.Block(
        ReasonCodes.TargetUnknown,
        e.Message,
        howToResolve: "Name one of these, or add the cluster to the worker's kubeconfig or to its configuration under Orchestrator:Clusters.");

    /// <summary>Why the API server cannot be used; null where it answers.</summary>
    private async Task<Refusal?> UnreachableAsync(Cluster cluster, IKubernetes client, CancellationToken cancellationToken)
    {
        string last = "";
        for (int i = 0; i < Tries; i++)
        {
            long begun = timeProvider.GetTimestamp();
            using CancellationTokenSource limit = new(TryLimit, timeProvider);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                if (await client.IsReadyAsync(either.Token))
                {
                    return null;
                }

                last = "it says that it is not ready.";
            }
            catch (ApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            {
                // It answers; what may be read is asked next.
                return null;
            }
            catch (ApiException e)
            {
                last = e.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                last = $"no answer within {TryLimit.TotalSeconds:0} s.";
            }

            // A try that fails at once leaves the server its share of the time to come back.
            TimeSpan left = TryLimit - timeProvider.GetElapsedTime(begun);
            if (left > TimeSpan.Zero && i < Tries - 1)
            {
                await Task.Delay(left, timeProvider, cancellationToken);
            }
        }

        return Refusal.Unknown(
            ReasonCodes.TargetUnreachable,
            $"The API server of cluster {cluster.Name} at {cluster.Connection.Server} did not answer /readyz in {Tries} tries within {(TryLimit * Tries).TotalSeconds:0} s: {last}",
            $"cluster {cluster.Name}",
            "Check that the worker reaches it and that the context's credentials are valid.");
    }

    private async Task<IReadOnlyList<Refusal>> SkewAsync(Cluster cluster, IKubernetes client, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = timeProvider.GetUtcNow();
        DateTimeOffset? server = await client.ReadClockAsync(cancellationToken);
        return ClockRules.Refuse($"API server of cluster {cluster.Name}", asked, timeProvider.GetUtcNow(), server) is { } refusal ? [refusal] : [];
    }

    private async Task<ResolvedTarget> IdentifyAsync(Known known, ChangePolicy policy, CancellationToken cancellationToken)
    {
        (ChangeTarget target, Cluster cluster, IKubernetes client, IReadOnlyList<AccessRight> rights) = known;
        try
        {
            string uid = (await client.GetAsync(ResourceType.Namespaces, null, "kube-system", cancellationToken)).Uid();
            (bool hasAlerts, IReadOnlyList<Refusal> ofAlerts) = await alerts.CheckAsync(
                cluster, client, target.Namespace!, options.Value.Profile == InventoryOptions.Laptop, cancellationToken);
            return new(
                target,
                uid,
                policy,
                [
                    .. Mismatch(cluster, uid),
                    .. await SkewAsync(cluster, client, cancellationToken),
                    .. ofAlerts,
                    .. await RightsReview.MissingAsync(client, target, rights, cancellationToken),
                ])
            {
                HasAlerts = hasAlerts,
            };
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            return new(target, "", policy, [RbacRefusal.Of(e, "get", "namespaces kube-system")]);
        }
    }

    private static IEnumerable<Refusal> Mismatch(Cluster cluster, string uid)
    {
        if (cluster.Options.ClusterUid is { } expected && expected != uid)
        {
            yield return Refusal.Block(
                ReasonCodes.TargetMismatch,
                $"Cluster {cluster.Name} at {cluster.Connection.Server} has the UID {uid}, the inventory means {expected}: the context leads to another cluster.",
                $"cluster {cluster.Name}",
                uid,
                expected,
                "Repair the context of the kubeconfig, or the inventory.");
        }
    }

    private sealed record Known(ChangeTarget Target, Cluster Cluster, IKubernetes Client, IReadOnlyList<AccessRight> Rights);
}
