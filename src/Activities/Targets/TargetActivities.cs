using System.Net;
using k8s;
using Microsoft.Extensions.Options;
using Orchestrator.Activities.Alerts;
using Orchestrator.Activities.Evidence;
using Orchestrator.Activities.Http;
using Orchestrator.Activities.Notifications;
using Orchestrator.Kubernetes;
using Orchestrator.Workflows.ChangeControl;
using Orchestrator.Workflows.ChangeControl.Targets;
using Polly;
using Polly.Timeout;
using Temporalio.Activities;

namespace Orchestrator.Activities.Targets;

/// <summary>Reads what a change is aimed at.</summary>
internal sealed class TargetActivities(
    IOptions<InventoryOptions> options,
    IOptions<NotificationOptions> notifications,
    KubernetesClients clients,
    AlertPrecheck alerts,
    WorkerStore evidence,
    TimeProvider timeProvider) : ITargetActivities
{
    private readonly ResiliencePipeline<string?> _patient =
        PatientTries.Of<string?>(TimeProvider.System, outcome => outcome.Result is not null);

    /// <inheritdoc/>
    [Activity("ResolveTarget")]
    public Task<ResolvedTarget> ResolveTargetAsync(ResolveTargetInput input) =>
        Failures.TranslateAsync(() => ActivityCall.BeatingAsync(async () =>
    {
        ResolvedTarget resolved = await ResolveAsync(input, ActivityCall.Token);
        return await evidence.RefuseAsync(ActivityCall.Token) is { } refusal
            ? resolved with { Refusals = [.. resolved.Refusals, refusal] }
            : resolved;
    }));

    /// <inheritdoc/>
    [Activity("ReadPolicy")]
    public Task<ChangePolicy> ReadPolicyAsync() => Task.FromResult(Policy);

    private ChangePolicy Policy => PolicyReading.Of(options.Value, notifications.Value.Routes.Count > 0);

    private async Task<ResolvedTarget> ResolveAsync(ResolveTargetInput input, CancellationToken cancellationToken)
    {
        ChangePolicy policy = Policy;
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
            return new(
                input.Target, "", policy, [Refusal.Unknown(ReasonCodes.TargetUnreachable, e.Message, $"cluster {input.Target.Context}")]);
        }
    }

    private static Refusal Unknown(UnknownClusterException e) => Refusal.Block(
        ReasonCodes.TargetUnknown,
        e.Message,
        howToResolve:
            "Use one of these, or add the cluster to the worker's kubeconfig or to its configuration under Orchestrator:Clusters.");

    /// <summary>Why the API server cannot be used; null where it answers.</summary>
    private async Task<Refusal?> UnreachableAsync(Cluster cluster, IKubernetes client, CancellationToken cancellationToken)
    {
        string? why;
        try
        {
            why = await _patient.ExecuteAsync(async token => await NotReadyAsync(client, token), cancellationToken);
        }
        catch (TimeoutRejectedException)
        {
            why = $"no answer within {PatientTries.EachWithin.TotalSeconds:0} s.";
        }

        return why is null ? null : Refusal.Unknown(
            ReasonCodes.TargetUnreachable,
            $"The API server of cluster {cluster.Name} at {cluster.Connection.Server} did not answer /readyz in {PatientTries.Count} tries "
                + $"within {PatientTries.AllWithin.TotalSeconds:0} s: {why}",
            $"cluster {cluster.Name}",
            "Check that the worker reaches it and that the context's credentials are valid.");
    }

    private static async Task<string?> NotReadyAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.IsReadyAsync(cancellationToken) ? null : "it reports that it is not ready.";
        }
        catch (ApiException e) when (e.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            // It answers; what may be read is asked next.
            return null;
        }
        catch (ApiException e)
        {
            return e.Message;
        }
    }

    private async Task<IReadOnlyList<Refusal>> SkewAsync(Cluster cluster, IKubernetes client, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = timeProvider.GetUtcNow();
        DateTimeOffset? server = await client.ReadClockAsync(cancellationToken);
        return ClockRules.Refuse(
            $"API server of cluster {cluster.Name}", asked, timeProvider.GetUtcNow(), server) is { } refusal ? [refusal] : [];
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
                $"Cluster {cluster.Name} at {cluster.Connection.Server} has the UID {uid}, "
                + $"but the inventory expects {expected}: the context points to another cluster.",
                $"cluster {cluster.Name}",
                uid,
                expected,
                "Correct the context in the kubeconfig, or the inventory.");
        }
    }

    private sealed record Known(ChangeTarget Target, Cluster Cluster, IKubernetes Client, IReadOnlyList<AccessRight> Rights);
}
